import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii } from "../src/hex.js";
import { leafHash, verifyConsistency, verifyInclusion } from "../src/merkle.js";
import { isSignedBy, readCheckpoint } from "../src/note.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { checkpointPrivateKey, consistencyOf, inclusionOf, noteOf, rootOf } from "./journal.js";

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

test("a note is signed by its key under its name only, whoever else signed", () => {
  const key = ed25519.getPublicKey(checkpointPrivateKey);
  const text = `origin\n5\n${btoa("r".repeat(32))}\n`;
  const note = noteOf(text, "origin", checkpointPrivateKey);
  const { secretKey, publicKey } = ed25519.keygen();
  const witness = noteOf(text, "witness", secretKey).split("\n\n")[1]!;
  assert.ok(isSignedBy(note, "origin", key));
  assert.ok(isSignedBy(note.replace("\n\n", `\n\n${witness}`), "origin", key));
  assert.ok(!isSignedBy(note, "other", key));
  assert.ok(!isSignedBy(note, "origin", publicKey));
  assert.ok(!isSignedBy(note.replace("5", "6"), "origin", key));
  assert.ok(!isSignedBy(note.slice(0, -1), "origin", key));
  assert.ok(!isSignedBy("", "origin", key));
  assert.deepEqual(readCheckpoint(note), { origin: "origin", size: 5n, root: ascii("r".repeat(32)) });
});

test("what is no checkpoint is not read as one", () => {
  const root = btoa("r".repeat(32));
  for (const text of ["", "\n\n", `o\n05\n${root}\n\n`, `o\n5\n${root.slice(4)}\n\n`, `\n5\n${root}\n\n`, `o\n5\n\n`, `o\n-1\n${root}\n\n`]) {
    assert.equal(readCheckpoint(text), null, JSON.stringify(text));
  }
});
