import { p256 } from "@noble/curves/nist.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { concat, fromHex, type Hex, isHex, toHex } from "./hex.js";

/** Account of a wallet: its address, left-padded with zeros. */
export function accountOfAddress(address: string): Hex {
  const lower = address.toLowerCase();
  if (!isHex(lower, 20)) throw new TypeError(`Not an address: ${address}`);
  return `0x${"00".repeat(12)}${lower.slice(2)}`;
}

/** Account of a secp256k1 key, x ‖ y. */
export function accountOfWalletKey(publicKey: Uint8Array): Hex {
  return accountOfAddress(toHex(keccak_256(publicKey).slice(12)));
}

/** Account of a P-256 key, x ‖ y: kind byte 1, then the last 31 bytes of its Keccak-256. */
export function accountOfKey(publicKey: Hex): Hex {
  if (!isHex(publicKey, 64)) throw new TypeError("A P-256 key is x ‖ y, 64 bytes.");
  return toHex(concat(Uint8Array.of(1), keccak_256(fromHex(publicKey)).slice(1)));
}

/** Which signatures an account makes; null for no known kind. */
export function kindOf(account: Hex): "wallet" | "p256" | null {
  return account.startsWith("0x00") ? "wallet" : account.startsWith("0x01") ? "p256" : null;
}

/** True for x ‖ y of a point on P-256. */
export function isKey(publicKey: unknown): publicKey is Hex {
  if (!isHex(publicKey, 64)) return false;
  try {
    p256.Point.fromHex(`04${publicKey.slice(2)}`).assertValidity();
    return true;
  } catch {
    return false;
  }
}
