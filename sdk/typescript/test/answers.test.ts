import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerCode, answerHash, packAnswer } from "../src/answers.js";
import { makeAnswers } from "./vectors/answers.js";
import { folder } from "./vectors/file.js";

const text = readFileSync(new URL("answers.json", folder), "utf8");
const vectors = JSON.parse(text) as { answers: { code: number; answers: string[] }[] };

test("the file of answers is what this implementation makes", () => {
  assert.equal(text, makeAnswers());
});

test("answers that say the same have one code, and no two others", () => {
  for (const { code, answers } of vectors.answers)
    for (const answer of answers) assert.equal(answerCode(JSON.parse(answer)), code, answer);
  assert.equal(new Set(vectors.answers.map(({ code }) => code)).size, vectors.answers.length);
});

test("the salt of the opening is the hash of what is attached", () => {
  const packed = packAnswer({ text: "Paris" }, new Uint8Array(32));
  assert.equal(packed.attachment.length, 32 + '{"text":"Paris"}'.length);
  assert.match(answerHash(packed.attachment), /^0x[0-9a-f]{64}$/);
  assert.notEqual(answerHash(packAnswer({ text: "Paris" }).attachment), answerHash(packed.attachment));
});

test("what is no answer is refused", () => {
  for (const answer of [{ text: "" }, { text: " .," }, { url: "ftp://example.org" }, { url: "https://user@example.org" }])
    assert.throws(() => answerCode(answer), RangeError);
});
