import { sha256 } from "@noble/hashes/sha2.js";
import { type Hex, toHex } from "./hex.js";

const saltSize = 32;

/** Work as it was handed in for a job: 32 bytes of salt, then the work. */
export class SubmittedWork {
  private constructor(readonly salt: Uint8Array, readonly content: Uint8Array) {}

  /** @throws TypeError where it is not the work of that hash. */
  static read(bytes: Uint8Array, hash: Hex): SubmittedWork {
    if (bytes.length < saltSize || toHex(sha256(bytes)) !== hash) throw new TypeError(`This is not the work ${hash}.`);
    return new SubmittedWork(bytes.subarray(0, saltSize), bytes.subarray(saltSize));
  }
}
