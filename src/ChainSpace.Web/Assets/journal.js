// The journal's tree (RFC 9162) and its signed checkpoints (C2SP tlog-checkpoint).
import { concat, equal, fromBase64, fromHex, sha256, utf8 } from "./bytes.js";

const node = (left, right) => sha256(concat(Uint8Array.of(1), left, right));

// RFC 9162 §2.1.3.2; the index and the size are BigInt.
export async function proves({ entry, index, proof }, { size, root }) {
  let [place, last] = [BigInt(index), size - 1n];
  if (place > last) return false;
  let hash = await sha256(concat(Uint8Array.of(0), utf8(entry)));
  for (const sibling of proof.map(fromHex)) {
    if (last === 0n) return false;
    if (place & 1n || place === last) {
      hash = await node(sibling, hash);
      while (!(place & 1n) && place !== 0n) [place, last] = [place >> 1n, last >> 1n];
    } else {
      hash = await node(hash, sibling);
    }
    [place, last] = [place >> 1n, last >> 1n];
  }
  return last === 0n && equal(hash, root);
}

export function readCheckpoint(note) {
  const end = note.indexOf("\n\n");
  if (end < 0) throw new Error("The checkpoint carries no signature.");
  const text = note.slice(0, end + 1);
  const [origin, size, root] = text.split("\n");
  if (!/^[1-9][0-9]*$/.test(size)) throw new Error("The checkpoint names no size.");
  const signatures = note.slice(end + 2).split("\n").filter((line) => line.startsWith("— ")).map((line) => line.split(" "));
  return { text, origin, size: BigInt(size), root: fromBase64(root), signatures };
}

// True, false, or null where this browser knows no Ed25519.
export async function isSignedBy(checkpoint, name, key) {
  const id = (await sha256(concat(utf8(`${name}\n`), Uint8Array.of(1), key))).slice(0, 4);
  const signature = checkpoint.signatures
    .filter(([, signer]) => signer === name)
    .map(([, , base64]) => fromBase64(base64))
    .find((bytes) => bytes.length === 68 && equal(bytes.slice(0, 4), id));
  if (!signature) return false;

  let publicKey;
  try {
    publicKey = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch (failure) {
    if (failure.name === "NotSupportedError") return null;
    throw failure;
  }
  return crypto.subtle.verify("Ed25519", publicKey, signature.slice(4), utf8(checkpoint.text));
}
