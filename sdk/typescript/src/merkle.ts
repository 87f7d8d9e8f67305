import { sha256 } from "@noble/hashes/sha2.js";
import { concat, equal } from "./hex.js";

/** Hash of a leaf (RFC 9162 §2.1.1). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(0), leaf));
}

export interface Head {
  readonly size: bigint;
  readonly root: Uint8Array;
}

/** Is the leaf with this hash at this index of the tree? (RFC 9162 §2.1.3.2) */
export function verifyInclusion(index: bigint, leaf: Uint8Array, proof: readonly Uint8Array[], head: Head): boolean {
  if (index < 0n || index >= head.size) return false;
  let [node, last, hash] = [index, head.size - 1n, leaf];
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (isOdd(node) || node === last) {
      hash = parent(sibling, hash);
      while (!isOdd(node) && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = parent(hash, sibling);
    }

    [node, last] = [node >> 1n, last >> 1n];
  }

  return last === 0n && equal(hash, head.root);
}

/** Is the older tree the beginning of the newer one? (RFC 9162 §2.1.4.2) The empty tree is the beginning of every tree. */
export function verifyConsistency(older: Head, newer: Head, proof: readonly Uint8Array[]): boolean {
  if (older.size < 0n || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && equal(older.root, newer.root);
  if (older.size === 0n) return proof.length === 0 && equal(older.root, sha256(new Uint8Array()));
  let [node, last] = [older.size - 1n, newer.size - 1n];
  while (isOdd(node)) [node, last] = [node >> 1n, last >> 1n];
  // A whole subtree as older tree is its own first node, which the proof leaves out.
  const [first, ...siblings] = node === 0n ? [older.root, ...proof] : proof;
  if (first === undefined) return false;
  let [old, fresh] = [first, first];
  for (const sibling of siblings) {
    if (last === 0n) return false;
    if (isOdd(node) || node === last) {
      old = parent(sibling, old);
      fresh = parent(sibling, fresh);
      while (!isOdd(node) && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      fresh = parent(fresh, sibling);
    }

    [node, last] = [node >> 1n, last >> 1n];
  }

  return last === 0n && equal(old, older.root) && equal(fresh, newer.root);
}

function parent(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(1), left, right));
}

function isOdd(number: bigint): boolean {
  return (number & 1n) === 1n;
}
