import { sha256 } from "@noble/hashes/sha2.js";
import {
  type AttributeValue, attributesOf, issueCredential, presentCredential, proveRequest,
} from "../../src/credentials.js";
import { ascii, concat, fromHex, type Hex, toHex } from "../../src/hex.js";
import { bytesOf, knownTextSigner } from "./keys.js";

const holder = knownTextSigner("voter");
const issuer = knownTextSigner("operator");
const stranger = knownTextSigner("session");
const issuedAt = new Date("2026-10-01T00:00:00Z");
const now = new Date("2026-10-02T12:00:00.750Z");
const to = { audience: `chainspace/${bytesOf("space").slice(2)}`, nonce: "bm9uY2Ugb2YgYSBub2Rl" };
const request = { method: "DELETE", path: `/v1/spaces/${bytesOf("space")}/accounts/${holder.account}/attributes` };
const day = 86_400_000;

/** A presentation, and what it comes to; `fault` instead of attributes where it is worth nothing. */
export interface CredentialVector {
  readonly name: string;
  readonly credential: string;
  readonly presentation: string;
  readonly audience: string;
  readonly nonce: string;
  /** Milliseconds. */
  readonly now: string;
  readonly issuer: Hex;
  readonly holder: Hex;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  /** SHA-256 of this salt ‖ presentation, as it enters `presentation` of Admit. */
  readonly salt?: Hex;
  readonly hash?: Hex;
  readonly fault?: string;
}

// Salts and decoys that anybody can make again.
function chance(name: string): (size: number) => Uint8Array {
  let drawn = 0;
  return (size) => fromHex(bytesOf(`${name} ${drawn++}`)).subarray(0, size);
}

interface Case {
  readonly name: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly shown: readonly string[];
  readonly isAttested?: boolean;
  readonly expires?: Date;
}

const cases: readonly Case[] = [
  {
    name: "self-stated, one of three", shown: ["country"],
    attributes: { country: "DE", "date-of-birth": "1990-01-02", sex: "f" },
  },
  { name: "self-stated, all", attributes: { religion: "quaker", skill: ["law", "weaving"] }, shown: ["religion", "skill"] },
  { name: "self-stated, nothing shown", attributes: { nationality: "AT" }, shown: [] },
  {
    name: "attested", shown: ["licensed", "personhood"], isAttested: true,
    attributes: { height: 1.75, personhood: 2, licensed: true },
  },
  { name: "beyond ASCII", attributes: { city: "Zürich – 苏黎世", note: "\u201cyes\u201d 🐦" }, shown: ["city", "note"] },
  {
    name: "a year and a day", attributes: { country: "DE" }, shown: ["country"],
    expires: new Date(issuedAt.getTime() + 366 * day),
  },
];

async function vectorOf(each: Case): Promise<CredentialVector> {
  const by = each.isAttested === true ? issuer : holder;
  const { attributes, expires } = each;
  const terms = { attributes, holder: holder.publicKey, issuedAt, ...(expires && { expires }) };
  const credential = await issueCredential(by, terms, chance(each.name));
  const presentation = await presentCredential(credential, each.shown, holder, to, now);
  const salt = bytesOf(`salt of ${each.name}`);
  return {
    name: each.name, credential, presentation, ...to, now: String(now.getTime()), issuer: by.account, holder: holder.account,
    attributes: attributesOf(presentation), salt, hash: toHex(sha256(concat(fromHex(salt), ascii(presentation)))),
  };
}

// One good presentation, spoilt in each way.
async function faults(good: CredentialVector): Promise<CredentialVector[]> {
  const { attributes: _, salt: __, hash: ___, ...bare } = good;
  const shown = good.presentation.slice(0, good.presentation.lastIndexOf("~") + 1);
  const binding = good.presentation.slice(shown.length);
  const [issued, ...disclosures] = good.credential.split("~");
  const bad = (name: string, fault: string, change: Partial<CredentialVector>): CredentialVector =>
    ({ ...bare, name, fault, ...change });
  const long = await issueCredential(
    holder, { attributes: { country: "DE" }, issuedAt, expires: new Date(issuedAt.getTime() + 367 * day) }, chance("long"));
  const other = await issueCredential(stranger, { attributes: { country: "DE" }, issuedAt }, chance("other"));
  const flipped = issued!.slice(0, -1) + (issued!.endsWith("A") ? "Q" : "A");
  return [
    bad("no binding", "NotBound", { presentation: shown }),
    bad("another claim added afterwards", "NotBound",
      { presentation: `${shown}${disclosures.find((d) => !shown.includes(d))}~${binding}` }),
    bad("a claim taken away afterwards", "NotBound", { presentation: `${issued}~${binding}` }),
    bad("the binding of another credential", "NotBound",
      { presentation: other.slice(0, other.lastIndexOf("~") + 1) + binding, issuer: stranger.account }),
    bad("another audience", "WrongAudience", { audience: `chainspace/${bytesOf("elsewhere").slice(2)}` }),
    bad("another nonce", "WrongNonce", { nonce: "bm9uZQ" }),
    bad("six minutes late", "NotFresh", { now: String(now.getTime() + 360_000) }),
    bad("before it was issued", "Expired", { now: String(issuedAt.getTime() - 360_000) }),
    bad("after its end", "Expired", { now: String(issuedAt.getTime() + 366 * day) }),
    bad("valid for too long", "Expired", { presentation: await presentCredential(long, ["country"], holder, to, now) }),
    bad("a disclosure nobody signed", "Malformed", { presentation: `${shown}WyJhIiwiYiIsImMiXQ~${binding}` }),
    bad("a disclosure twice", "Malformed", { presentation: `${issued}~${disclosures[0]}~${disclosures[0]}~${binding}` }),
    bad("a signature changed", "WrongIssuer", { presentation: good.presentation.replace(issued!, spoilt(issued!)) }),
    bad("a signature in another spelling", "Malformed", { presentation: good.presentation.replace(issued!, `${flipped}=`) }),
  ];
}

// The same length and spelling, one bit of the signature's first byte turned.
function spoilt(issued: string): string {
  const at = issued.lastIndexOf(".") + 1;
  return issued.slice(0, at) + (issued[at] === "A" ? "g" : "A") + issued.slice(at + 1);
}

/** spec/vectors/credentials.json. */
export async function makeCredentials(): Promise<string> {
  const good = await Promise.all(cases.map(vectorOf));
  const proof = await proveRequest(holder, request, to, now);
  const requests = [{ proof, ...request, ...to, now: String(now.getTime()), account: holder.account }];
  return `${JSON.stringify({ presentations: good, faults: await faults(good[0]!), requests }, null, 1)}\n`;
}
