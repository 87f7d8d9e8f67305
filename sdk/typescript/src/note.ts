import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ascii, concat, equal, fromBase64 } from "./hex.js";
import { isDecimal } from "./messages.js";
import type { Head } from "./merkle.js";

const ed25519Type = 1;
const idSize = 4;

/** A checkpoint (C2SP tlog-checkpoint): whose tree it is, its size and root. */
export interface Checkpoint extends Head {
  readonly origin: string;
}

/**
 * True where the note bears a signature of this Ed25519 key under this name (C2SP signed-note). Signatures of others,
 * such as witnesses, are passed over.
 */
export function isSignedBy(note: string, name: string, publicKey: Uint8Array): boolean {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) return false;
  const text = ascii(note.slice(0, end + 1));
  const id = sha256(concat(ascii(`${name}\n`), Uint8Array.of(ed25519Type), publicKey)).subarray(0, idSize);
  return note.slice(end + 2, -1).split("\n").some((line) => {
    const signature = signatureIn(line, name);
    return signature !== null
      && equal(signature.subarray(0, idSize), id)
      && verify(signature.subarray(idSize), text, publicKey);
  });
}

/** Reads the text of a checkpoint without checking who signed it; null where it is none. */
export function readCheckpoint(note: string): Checkpoint | null {
  const [origin, size, root] = note.slice(0, note.lastIndexOf("\n\n") + 1).split("\n");
  const hash = fromBase64(root ?? "");
  if (!origin || !isDecimal(size, 63) || hash?.length !== 32) return null;
  return { origin, size: BigInt(size), root: hash };
}

function signatureIn(line: string, name: string): Uint8Array | null {
  const start = `\u2014 ${name} `;
  return line.startsWith(start) ? fromBase64(line.slice(start.length)) : null;
}

function verify(signature: Uint8Array, text: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, text, publicKey, { zip215: false });
  } catch {
    return false; // Not a signature or not a key at all.
  }
}
