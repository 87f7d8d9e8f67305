import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii, fromHex, type Hex, toHex } from "../src/hex.js";
import { leafHash, verifyConsistency, verifyInclusion } from "../src/merkle.js";
import { openCheckpoint, readNoteKey } from "../src/note.js";
import { consistencyOf, inclusionOf, rootOf } from "./journal.js";
import { read } from "./vectors/file.js";

const leaves = Array.from({ length: 40 }, (_, i) => leafHash(ascii(`leaf ${i}`)));
const headOf = (size: number) => ({ size: BigInt(size), root: rootOf(leaves.slice(0, size)) });
const touched = (proof: Uint8Array[], at: number): Uint8Array[] =>
  proof.map((hash, i) => (i === at ? hash.map((byte, j) => (j === 7 ? byte ^ 1 : byte)) : hash));

test("every leaf of every small tree is proved to be where it is and nowhere else", () => {
  for (let size = 1; size <= leaves.length; size++) {
    const head = headOf(size);
    for (let index = 0; index < size; index++) {
      const proof = inclusionOf(index, leaves.slice(0, size));
      const leaf = leaves[index]!;
      assert.ok(verifyInclusion(BigInt(index), leaf, proof, head), `${index} of ${size}`);
      assert.ok(!verifyInclusion(BigInt(index + 1), leaf, proof, head), `${index + 1} of ${size}`);
      assert.ok(!verifyInclusion(BigInt(index), leaves[(index + 1) % 40]!, proof, head));
      assert.ok(!verifyInclusion(BigInt(index), leaf, [...proof, leaf], head));
      proof.forEach((_, at) => assert.ok(!verifyInclusion(BigInt(index), leaf, touched(proof, at), head)));
      if (proof.length > 0) assert.ok(!verifyInclusion(BigInt(index), leaf, proof.slice(1), head));
    }
  }
});

test("every small tree is proved to be the beginning of every larger one and no other is", () => {
  for (let newer = 1; newer <= leaves.length; newer++) {
    for (let older = 1; older <= newer; older++) {
      const proof = consistencyOf(older, leaves.slice(0, newer));
      const [old, fresh] = [headOf(older), headOf(newer)];
      assert.ok(verifyConsistency(old, fresh, proof), `${older} to ${newer}`);
      assert.ok(!verifyConsistency({ ...old, root: leaves[39]! }, fresh, proof), `${older} to ${newer}`);
      assert.ok(!verifyConsistency(old, { ...fresh, root: leaves[39]! }, proof), `${older} to ${newer}`);
      proof.forEach((_, at) => assert.ok(!verifyConsistency(old, fresh, touched(proof, at)), `${older} to ${newer}`));
      assert.ok(!verifyConsistency(old, fresh, [...proof, leaves[0]!]));
      if (older < newer) assert.ok(!verifyConsistency(fresh, old, proof));
    }
    assert.ok(verifyConsistency(headOf(0), headOf(newer), []));
  }
});

interface MerkleVectors {
  readonly entries: Hex[];
  readonly leaves: Hex[];
  readonly roots: Hex[];
  readonly inclusion: { name: string; index: number; size: number; leaf: Hex; root: Hex; path: Hex[]; valid: boolean }[];
  readonly consistency: {
    name: string; first: number; second: number; firstRoot: Hex; secondRoot: Hex; path: Hex[]; valid: boolean;
  }[];
}

const merkle = read<MerkleVectors>("merkle.json")!;

test("leaves and roots of the vectors", () => {
  const hashes = merkle.entries.map((entry) => leafHash(fromHex(entry)));
  assert.deepEqual(hashes.map(toHex), merkle.leaves);
  merkle.roots.forEach((root, size) => assert.equal(toHex(rootOf(hashes.slice(0, size))), root));
});

for (const { name, index, size, leaf, root, path, valid } of merkle.inclusion) {
  test(`inclusion, ${name}: ${valid}`, () => {
    const head = { size: BigInt(size), root: fromHex(root) };
    assert.equal(verifyInclusion(BigInt(index), fromHex(leaf), path.map(fromHex), head), valid);
  });
}

for (const { name, first, second, firstRoot, secondRoot, path, valid } of merkle.consistency) {
  test(`consistency, ${name}: ${valid}`, () => {
    const older = { size: BigInt(first), root: fromHex(firstRoot) };
    const newer = { size: BigInt(second), root: fromHex(secondRoot) };
    assert.equal(verifyConsistency(older, newer, path.map(fromHex)), valid);
  });
}

interface CheckpointVectors {
  readonly origin: string;
  readonly verifierKey: string;
  readonly badVerifierKeys: string[];
  readonly cases: { name: string; note: string; valid: boolean; size?: number; root?: Hex }[];
}

const checkpoints = read<CheckpointVectors>("checkpoint.json")!;

for (const { name, note, valid, size, root } of checkpoints.cases) {
  test(`checkpoint, ${name}: ${valid}`, () => {
    const read = openCheckpoint(note, readNoteKey(checkpoints.verifierKey));
    assert.deepEqual(read, valid ? { origin: checkpoints.origin, size: BigInt(size!), root: fromHex(root!) } : null);
  });
}

test("what is no verifier key is not read as one", () => {
  for (const text of checkpoints.badVerifierKeys) assert.throws(() => readNoteKey(text), TypeError, text);
});
