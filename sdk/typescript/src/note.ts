import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ascii, concat, equal, fromBase64 } from "./hex.js";
import { isDecimal } from "./messages.js";
import type { Head } from "./merkle.js";

const ed25519Type = 1;
const idSize = 4;
const sizeLimit = 1_000_000;
const signatureLimit = 100;

/** A checkpoint (C2SP tlog-checkpoint): whose tree it is, its size and root. */
export interface Checkpoint extends Head {
  readonly origin: string;
}

/** Who must have signed a note. */
export interface NoteKey {
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/**
 * The text of a note (C2SP signed-note) that bears a good signature of this key, and none of this key that is not good;
 * else null. Signatures of others, such as witnesses, are passed over.
 */
export function openNote(note: string, key: NoteKey): string | null {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n") || !isText(note)) return null;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split("\n").map(readLine);
  if (lines.length > signatureLimit || lines.includes(null)) return null;
  const id = sha256(concat(ascii(`${key.name}\n`), Uint8Array.of(ed25519Type), key.publicKey)).subarray(0, idSize);
  const own = lines.filter((line) => line!.name === key.name && equal(line!.id, id));
  const isSigned = own.length > 0 && own.every((line) => verify(line!.signature, ascii(text), key.publicKey));
  return isSigned ? text : null;
}

/** A checkpoint signed by its origin's key under the origin's name; null for anything else. */
export function openCheckpoint(note: string, origin: NoteKey): Checkpoint | null {
  const text = openNote(note, origin);
  if (text === null) return null;
  const [name, size, root, ...extensions] = text.slice(0, -1).split("\n");
  const hash = fromBase64(root ?? "");
  if (name !== origin.name || !isDecimal(size, 63) || hash?.length !== 32 || extensions.includes("")) return null;
  return { origin: name, size: BigInt(size), root: hash };
}

/**
 * Reads a verifier key, `<name>+<key id>+<base64 of type and key>`.
 * @throws TypeError where it is none, or its key id is another's
 */
export function readNoteKey(text: string): NoteKey {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([^\s]+)$/.exec(text) ?? [];
  const bytes = fromBase64(base64 ?? "");
  if (!name || bytes?.length !== 33 || bytes[0] !== ed25519Type) throw new TypeError(`No verifier key: ${text}`);
  const due = sha256(concat(ascii(`${name}\n`), bytes)).subarray(0, idSize);
  if (!equal(due, Uint8Array.from(id!.match(/../g)!, (digits) => Number.parseInt(digits, 16)))) {
    throw new TypeError(`The key id is another's: ${text}`);
  }

  return { name, publicKey: bytes.subarray(1) };
}

function readLine(line: string): { name: string; id: Uint8Array; signature: Uint8Array } | null {
  const [, name, base64] = /^\u2014 ([^\s+]+) (\S+)$/.exec(line) ?? [];
  const bytes = fromBase64(base64 ?? "");
  if (!name || bytes === null || bytes.length <= idSize) return null;
  return { name, id: bytes.subarray(0, idSize), signature: bytes.subarray(idSize) };
}

// No control character but line feeds, no half of a surrogate pair.
function isText(note: string): boolean {
  return !/[\0-\t\v-\x1f]|\p{Surrogate}/u.test(note) && ascii(note).length <= sizeLimit;
}

function verify(signature: Uint8Array, text: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, text, publicKey, { zip215: false });
  } catch {
    return false; // Not a signature or not a key at all.
  }
}
