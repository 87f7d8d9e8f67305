import { p256 } from "@noble/curves/nist.js";
import { type Bytes, concat, fromHex, type Hex, random, toHex, toNumber, word } from "./hex.js";
import { jwkOf, publicKeyOf, toBase64Url } from "./keys.js";
import { commitmentOf, type Domain, type Opening } from "./typed-data.js";

const agreement = { name: "ECDH", namedCurve: "P-256" } as const;
const compressedSize = 33;
const zeroIv = new Uint8Array(12);

/** A vote to seal, and for whom. */
export interface Ballot {
  readonly domain: Domain;
  /** The space's sealing key, x ‖ y. */
  readonly sealingKey: Hex;
  readonly poll: Hex;
  readonly voter: Hex;
  readonly opening: Opening;
}

/** The two members of a SealedVote that hide the choice. */
export interface SealedChoice {
  readonly commitment: Hex;
  readonly opening: Hex;
}

/**
 * Commits to a choice and encrypts its opening to the space.
 * @param ephemeral a private key to repeat a known box in tests; a new random one where left out.
 */
export async function seal(ballot: Ballot, ephemeral?: Hex): Promise<SealedChoice> {
  const { domain, sealingKey, poll, voter, opening } = ballot;
  const commitment = commitmentOf(domain, poll, voter, opening);
  const pair = ephemeral === undefined ? await generate() : await importPrivate(ephemeral);
  const key = await aesKey(pair.privateKey, sealingKey, commitment);
  const plaintext = concat(word(BigInt(opening.choice)).subarray(28), fromHex(opening.salt));
  const box = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: zeroIv }, key, plaintext));
  return { commitment, opening: toHex(concat(pair.compressed, box)) };
}

/** Reads a sealed choice with the space's private sealing key; null where it is no opening for this commitment. */
export async function unseal(sealed: SealedChoice, sealingPrivateKey: Hex): Promise<Opening | null> {
  const bytes = fromHex(sealed.opening);
  try {
    const { privateKey } = await importPrivate(sealingPrivateKey);
    const ephemeral = p256.Point.fromBytes(bytes.subarray(0, compressedSize)).toBytes(false).subarray(1);
    const key = await aesKey(privateKey, toHex(ephemeral), sealed.commitment);
    const box = bytes.subarray(compressedSize);
    const plaintext = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: zeroIv }, key, box));
    if (plaintext.length !== 36) return null;
    return { choice: Number(toNumber(plaintext.subarray(0, 4))), salt: toHex(plaintext.subarray(4)) };
  } catch {
    return null; // WebCrypto and the curve have no other way to say no.
  }
}

/** A choice with a new secret salt. */
export function openingOf(choice: number): Opening {
  return { choice, salt: toHex(random(32)) };
}

interface Ephemeral {
  readonly privateKey: CryptoKey;
  readonly compressed: Bytes;
}

async function generate(): Promise<Ephemeral> {
  const pair = await crypto.subtle.generateKey(agreement, false, ["deriveBits"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { privateKey: pair.privateKey, compressed: compress(raw.subarray(1)) };
}

async function importPrivate(privateKey: Hex): Promise<Ephemeral> {
  const publicKey = publicKeyOf(privateKey);
  const jwk = { ...jwkOf(publicKey), d: toBase64Url(fromHex(privateKey)) };
  const imported = await crypto.subtle.importKey("jwk", jwk, agreement, false, ["deriveBits"]);
  return { privateKey: imported, compressed: compress(fromHex(publicKey)) };
}

function compress(key: Uint8Array): Bytes {
  return concat(Uint8Array.of(2 + (key[63]! & 1)), key.subarray(0, 32));
}

// The commitment is the HKDF info, so each vote has its own AES key and the constant IV is safe.
async function aesKey(own: CryptoKey, other: Hex, commitment: Hex): Promise<CryptoKey> {
  const raw = concat(Uint8Array.of(4), fromHex(other));
  const imported = await crypto.subtle.importKey("raw", raw, agreement, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: imported }, own, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: fromHex(commitment) };
  return crypto.subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
