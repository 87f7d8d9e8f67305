import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { attributesOf, issueCredential, presentCredential, proveRequest } from "../src/credentials.js";
import { ascii, concat, fromHex } from "../src/hex.js";
import { DeviceKey } from "../src/keys.js";
import { makeCredentials } from "./vectors/credentials.js";
import { folder } from "./vectors/file.js";

const to = { audience: "chainspace/there", nonce: "once" };

test("the file of credentials is what this implementation makes", async () => {
  assert.equal(readFileSync(new URL("credentials.json", folder), "utf8"), await makeCredentials());
});

test("a presentation holds what was chosen and nothing of the rest", async () => {
  const key = await DeviceKey.generate();
  const credential = await issueCredential(key, { attributes: { country: "DE", sex: "f", skill: ["law"] } });
  assert.deepEqual(attributesOf(credential), { country: "DE", sex: "f", skill: ["law"] });
  const presentation = await presentCredential(credential, ["country"], key, to);
  assert.deepEqual(attributesOf(presentation), { country: "DE" });
  for (const hidden of credential.split("~").slice(2, -1)) assert.ok(!presentation.includes(hidden));
  assert.ok(isSigned(presentation.split("~")[0]!, key.publicKey) && isSigned(presentation.split("~").at(-1)!, key.publicKey));
  await assert.rejects(presentCredential(credential, ["religion"], key, to), TypeError);
  await assert.rejects(presentCredential(credential, ["country"], await DeviceKey.generate(), to), TypeError);
});

test("two credentials of the same attributes have nothing in common but their keys", async () => {
  const key = await DeviceKey.generate();
  const terms = { attributes: { country: "DE" } };
  const [one, other] = await Promise.all([issueCredential(key, terms), issueCredential(key, terms)]);
  assert.notEqual(one.split("~")[1], other.split("~")[1]);
  assert.notEqual(one.split(".")[1], other.split(".")[1]);
});

test("a proof names the request and is signed by the key it carries", async () => {
  const key = await DeviceKey.generate();
  const proof = await proveRequest(key, { method: "GET", path: "/v1/a" }, to, new Date(1_790_000_000_999));
  const payload = JSON.parse(Buffer.from(proof.split(".")[1]!, "base64url").toString());
  assert.deepEqual(payload, { iat: 1_790_000_000, aud: to.audience, htm: "GET", htu: "/v1/a", nonce: "once" });
  assert.ok(isSigned(proof, key.publicKey));
});

function isSigned(jws: string, publicKey: `0x${string}`): boolean {
  const at = jws.lastIndexOf(".");
  const signature = new Uint8Array(Buffer.from(jws.slice(at + 1), "base64url"));
  const key = concat(new Uint8Array([4]), fromHex(publicKey));
  return p256.verify(signature, ascii(jws.slice(0, at)), key, { lowS: false, prehash: true });
}
