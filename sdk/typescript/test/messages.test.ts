import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SignTypedDataVersion, TypedDataUtils } from "@metamask/eth-sig-util";
import { hashTypedData } from "viem";
import { accountOfKey, accountOfWalletKey } from "../src/accounts.js";
import { readEntry, readEnvelope, WireFault, writeEntry, writeEnvelope } from "../src/canonical.js";
import { goldOf } from "../src/gold.js";
import { fromHex, type Hex, toHex } from "../src/hex.js";
import { DeviceKey, publicKeyOf, WalletKey } from "../src/keys.js";
import { fieldsOf, messageFields, type MessageOf, type MessageType } from "../src/messages.js";
import { seal, type SealedChoice, unseal } from "../src/sealing.js";
import { checkSignature } from "../src/signatures.js";
import { commitmentOf, digestOf, domainOf, spaceOf, typedDataOf, typeOf } from "../src/typed-data.js";
import { folder, make, read, type VectorFile } from "./vectors/file.js";

const vectors = read<VectorFile>("messages.json")!;

test("the file is what this implementation makes", async () => {
  assert.equal(readFileSync(new URL("messages.json", folder), "utf8"), await make());
});

test("every type has a vector", () => {
  const shown = new Set(vectors.messages.map(({ message }) => message.type));
  assert.deepEqual([...shown].sort(), Object.keys(messageFields).sort());
});

test("fields are in the order of their names", () => {
  for (const type of Object.keys(messageFields) as MessageType[]) {
    const names = fieldsOf(type).map(({ name }) => name);
    assert.deepEqual(names, [...names].sort(), type);
  }
});

for (const vector of vectors.messages) {
  const { name, space, key, message, envelope, entry, digest } = vector;
  const domain = domainOf(space, vector);

  test(`${name}: type and digest`, () => {
    assert.equal(typeOf(message.type), vector.structType);
    assert.equal(digestOf(domain, message), digest);
    if (message.type === "CreateSpace") assert.equal(spaceOf(message as MessageOf<"CreateSpace">), space);
  });

  test(`${name}: wallets hash the typed data alike`, () => {
    const data = typedDataOf(domain, message);
    const asSent = JSON.parse(JSON.stringify(data)) as never;
    assert.equal(hashTypedData(asSent), digest, "viem");
    assert.equal(toHex(Uint8Array.from(TypedDataUtils.eip712Hash(asSent, SignTypedDataVersion.V4))), digest, "MetaMask");
  });

  test(`${name}: envelope and entry`, () => {
    const signed = readEnvelope(envelope);
    assert.deepEqual(signed.message, message);
    assert.equal(writeEnvelope(signed), envelope);
    const { attachment: _, ...rest } = signed;
    assert.equal(writeEntry({ ...rest, moment: vector.moment }), entry);
    assert.equal(writeEntry(readEntry(entry)), entry);
  });

  test(`${name}: signature`, async () => {
    const { signature, signer } = readEnvelope(envelope);
    assert.equal(signer ?? message.account, key.account);
    assert.equal(await checkSignature(key.account, signature, digest, key.publicKey), "valid");
    if (key.kind === "wallet") return assert.equal(await new WalletKey(key.privateKey).sign(domain, message), signature);
    const device = await DeviceKey.fromPrivateKey(key.privateKey);
    assert.equal(device.account, key.account);
    const again = await device.sign(domain, message);
    assert.equal(await checkSignature(key.account, again, digest, device.publicKey), "valid");
  });
}

for (const { name, line, padding, fault } of vectors.invalidLines) {
  test(`line, ${name}: ${fault}`, () => {
    assert.throws(() => readEnvelope(line + " ".repeat(padding ?? 0)), (error: WireFault) => error.kind === fault);
  });
}

for (const { name, leaf } of vectors.invalidEntries) {
  test(`entry, ${name}`, () => assert.throws(() => readEntry(leaf), WireFault));
}

for (const { name, signer, publicKey, digest, signature, answer } of vectors.signatures) {
  test(`signature, ${name}: ${answer}`, async () => {
    assert.equal(await checkSignature(signer, signature, digest, publicKey), answer);
  });
}

test("accounts are hashes of keys", () => {
  for (const vector of vectors.accounts as { kind: string; privateKey: Hex; publicKey: Hex; account: Hex }[]) {
    if (vector.kind === "wallet") assert.equal(new WalletKey(vector.privateKey).account, vector.account);
    else assert.equal(accountOfKey(publicKeyOf(vector.privateKey)), vector.account);
  }
  assert.throws(() => accountOfWalletKey(fromHex("0x")) === "0x" || accountOfKey("0x"));
});

interface SealedVector extends SealedChoice {
  readonly space: Hex;
  readonly poll: Hex;
  readonly voter: Hex;
  readonly choice: string;
  readonly salt: Hex;
  readonly ephemeralPrivateKey: Hex;
  readonly sealingPrivateKey: Hex;
  readonly sealingKey: Hex;
}

for (const { space, content, requester, choice, salt, gold } of vectors.gold as Record<string, Hex>[]) {
  test(`gold with the answer ${choice}`, () => {
    const answer = { choice: Number(choice), salt: salt! };
    assert.equal(goldOf({ space: space! }, content!, requester!, answer), gold);
    assert.notEqual(goldOf({ space: space! }, content!, requester!, { ...answer, choice: answer.choice + 1 }), gold);
    assert.notEqual(goldOf({ space: space! }, content!, content!, answer), gold);
  });
}

for (const vector of vectors.sealedVotes as SealedVector[]) {
  test(`sealed vote for ${vector.choice}`, async () => {
    const { space, poll, voter, salt, sealingKey, sealingPrivateKey, ephemeralPrivateKey, commitment } = vector;
    const opening = { choice: Number(vector.choice), salt };
    const domain = { space };
    assert.equal(commitmentOf(domain, poll, voter, opening), commitment);
    assert.deepEqual(await unseal(vector, sealingPrivateKey), opening);
    assert.equal(await unseal({ ...vector, commitment: salt }, sealingPrivateKey), null);
    const ballot = { domain, sealingKey, poll, voter, opening };
    assert.deepEqual(await seal(ballot, ephemeralPrivateKey), { commitment, opening: vector.opening });
    const fresh = await seal(ballot);
    assert.notEqual(fresh.opening, vector.opening);
    assert.deepEqual(await unseal(fresh, sealingPrivateKey), opening);
  });
}
