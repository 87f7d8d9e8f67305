import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { accountOfKey, accountOfWalletKey, isKey, kindOf } from "./accounts.js";
import { type Bytes, concat, fromHex, type Hex, toNumber, word } from "./hex.js";

/** What checking a signature finds. */
export type SignatureAnswer = "valid" | "wrong_length" | "high_s" | "unknown_key" | "forged";

export const ecdsa = { name: "ECDSA", hash: "SHA-256" } as const;
export const curve = { name: "ECDSA", namedCurve: "P-256" } as const;

const p256Order = p256.Point.Fn.ORDER;
const walletOrder = secp256k1.Point.Fn.ORDER;
const recoveryBase = 27;

/**
 * Did this account sign this digest?
 * @param key x ‖ y of a P-256 signer; not asked for wallets, whose key is recovered.
 */
export async function checkSignature(
  signer: Hex, signature: Hex, digest: Hex, key: string | undefined,
): Promise<SignatureAnswer> {
  const kind = kindOf(signer);
  const bytes = fromHex(signature);
  if (kind === "wallet") return checkWallet(signer, bytes, fromHex(digest));
  if (kind !== "p256") return "unknown_key";
  if (bytes.length !== 64) return "wrong_length";
  if (!isLow(bytes, p256Order)) return "high_s";
  if (!isKey(key) || accountOfKey(key) !== signer) return "unknown_key";
  const imported = await crypto.subtle.importKey("raw", concat(Uint8Array.of(4), fromHex(key)), curve, false, ["verify"]);
  return (await crypto.subtle.verify(ecdsa, imported, bytes, fromHex(digest))) ? "valid" : "forged";
}

/** The one of the two signatures (r, s) and (r, n − s) that nodes take. WebCrypto makes either. */
export function lowP256(signature: Uint8Array): Bytes {
  const s = toNumber(signature.subarray(32));
  return concat(signature.subarray(0, 32), isLow(signature, p256Order) ? word(s) : word(p256Order - s));
}

/** A wallet's signature with low s and v = 27 or 28; some wallets answer 0 or 1. */
export function lowWallet(signature: Uint8Array): Bytes {
  if (signature.length !== 65) throw new TypeError("The wallet answered something else than r ‖ s ‖ v.");
  const v = signature[64]! % recoveryBase;
  const isDone = isLow(signature, walletOrder);
  const s = toNumber(signature.subarray(32, 64));
  return concat(
    signature.subarray(0, 32), isDone ? word(s) : word(walletOrder - s), Uint8Array.of(recoveryBase + (isDone ? v : 1 - v)));
}

/** r ‖ s ‖ v over the digest itself, always the same for the same digest (RFC 6979). */
export function signWithWalletKey(digest: Uint8Array, privateKey: Uint8Array): Bytes {
  const recovered = secp256k1.sign(digest, privateKey, { prehash: false, lowS: true, format: "recovered" });
  return concat(recovered.subarray(1), Uint8Array.of(recoveryBase + recovered[0]!));
}

function checkWallet(signer: Hex, signature: Bytes, digest: Bytes): SignatureAnswer {
  if (signature.length !== 65) return "wrong_length";
  if (!isLow(signature, walletOrder)) return "high_s";
  const recovery = signature[64]! - recoveryBase;
  if (recovery !== 0 && recovery !== 1) return "forged";
  try {
    const recovered = concat(Uint8Array.of(recovery), signature.subarray(0, 64));
    const compressed = secp256k1.recoverPublicKey(recovered, digest, { prehash: false });
    const key = secp256k1.Point.fromBytes(compressed).toBytes(false).subarray(1);
    return accountOfWalletKey(key) === signer ? "valid" : "forged";
  } catch {
    return "forged"; // r or s out of range, or no point has this r.
  }
}

function isLow(signature: Uint8Array, order: bigint): boolean {
  return toNumber(signature.subarray(32, 64)) <= order >> 1n;
}
