import { sha256 } from "@noble/hashes/sha2.js";
import { accountOfKey } from "./accounts.js";
import { ascii, fromHex, type Hex, random } from "./hex.js";
import { jwkOf, type TextSigner, toBase64Url } from "./keys.js";

/** What an attribute says: a text of 1 to 64 characters, a number, yes or no, or 1 to 32 texts. */
export type AttributeValue = string | number | boolean | readonly string[];

export interface CredentialTerms {
  /** By name: 1 to 32 of a-z, 0-9 and hyphen. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Whose attributes they are, x ‖ y; the issuer's own key where left out, and the attributes are then self-stated. */
  readonly holder?: Hex;
  /** Since when; now. */
  readonly issuedAt?: Date;
  /** Until when, at most 366 days later; 365 days after. */
  readonly expires?: Date;
}

/** To whom a signature is addressed and in answer to what: a node's challenge. */
export interface Addressee {
  readonly audience: string;
  readonly nonce: string;
}

const kind = "https://chainspace.dev/credentials/attributes/v1";
const decoys = 4;
const yearMilliseconds = 365 * 86_400_000;

/**
 * Signs attributes as an SD-JWT (RFC 9901, spec/credentials.md) of which each can be shown alone. Digests of chance are mixed
 * among the true ones, so that their number does not tell how many attributes there are.
 */
export async function issueCredential(
  issuer: TextSigner, terms: CredentialTerms, chance: (size: number) => Uint8Array = random,
): Promise<string> {
  const names = Object.keys(terms.attributes).sort();
  const disclosures = names.map((name) => encoded([toBase64Url(chance(16)), name, terms.attributes[name]]));
  const mixed = Array.from({ length: decoys }, () => toBase64Url(chance(32)));
  const issuedAt = terms.issuedAt ?? new Date();
  const issued = await signed(issuer, { alg: "ES256", typ: "dc+sd-jwt", jwk: jwkOf(issuer.publicKey) }, {
    iss: issuer.account,
    iat: seconds(issuedAt),
    exp: seconds(terms.expires ?? new Date(issuedAt.getTime() + yearMilliseconds)),
    vct: kind,
    cnf: { jwk: jwkOf(terms.holder ?? issuer.publicKey) },
    _sd_alg: "sha-256",
    _sd: [...disclosures.map(digestOf), ...mixed].sort(),
  });
  return [issued, ...disclosures, ""].join("~");
}

/** The attributes that lie open in a credential or a presentation. Says nothing about signatures, time or digests. */
export function attributesOf(credential: string): Record<string, AttributeValue> {
  return Object.fromEntries(disclosuresOf(credential).map(({ name, value }) => [name, value]));
}

/**
 * A credential with only these attributes and the holder's signature behind it: to one audience, in answer to one nonce.
 *
 * @throws TypeError where the credential holds no such attribute, or the key is not its holder's.
 */
export async function presentCredential(
  credential: string, names: readonly string[], holder: TextSigner, to: Addressee, now = new Date(),
): Promise<string> {
  const held = disclosuresOf(credential);
  const unknown = names.find((name) => !held.some((each) => each.name === name));
  if (unknown !== undefined) throw new TypeError(`The credential holds no '${unknown}'.`);
  const issued = credential.slice(0, credential.indexOf("~"));
  if (holderOf(issued) !== holder.account) throw new TypeError("The key is not the credential's holder.");
  const shown = [issued, ...held.filter(({ name }) => names.includes(name)).map(({ text }) => text), ""].join("~");
  const { audience: aud, nonce } = to;
  return shown + await signed(
    holder, { alg: "ES256", typ: "kb+jwt" }, { iat: seconds(now), aud, nonce, sd_hash: digestOf(shown) });
}

/** What goes behind `Authorization: Bearer` where the account must be known and no message enters the journal. */
export function proveRequest(
  signer: TextSigner, request: { readonly method: string; readonly path: string }, to: Addressee, now = new Date(),
): Promise<string> {
  return signed(signer, { alg: "ES256", typ: "chainspace-request+jwt", jwk: jwkOf(signer.publicKey) }, {
    iat: seconds(now), aud: to.audience, htm: request.method, htu: request.path, nonce: to.nonce,
  });
}

interface ReadDisclosure {
  readonly text: string;
  readonly name: string;
  readonly value: AttributeValue;
}

// What stands between the first tilde and the last.
function disclosuresOf(credential: string): ReadDisclosure[] {
  const parts = credential.split("~");
  if (parts.length < 2) throw new TypeError("That is no credential.");
  return parts.slice(1, -1).map((text) => {
    const [, name, value] = decoded(text) as [string, string, AttributeValue];
    return { text, name, value };
  });
}

function holderOf(issued: string): Hex {
  const { cnf } = decoded(issued.split(".")[1] ?? "") as { cnf: { jwk: { x: string; y: string } } };
  return accountOfKey(`0x${hexOf(cnf.jwk.x)}${hexOf(cnf.jwk.y)}`);
}

async function signed(signer: TextSigner, header: object, payload: object): Promise<string> {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${toBase64Url(await signer.signText(input))}`;
}

function digestOf(text: string): string {
  return toBase64Url(sha256(ascii(text)));
}

function encoded(value: unknown): string {
  return toBase64Url(ascii(JSON.stringify(value)));
}

function decoded(text: string): unknown {
  return JSON.parse(new TextDecoder().decode(fromHex(`0x${hexOf(text)}`)));
}

function hexOf(base64Url: string): string {
  const letters = atob(base64Url.replaceAll("-", "+").replaceAll("_", "/"));
  return Array.from(letters, (letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
