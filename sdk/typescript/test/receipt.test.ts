import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hex } from "../src/hex.js";
import type { Message } from "../src/messages.js";
import { type Link, type Receipt, verifyReceipt } from "../src/receipt.js";
import { spaceOf } from "../src/typed-data.js";
import { ownGenesis, signed, SmallJournal } from "./journal.js";
import { read } from "./vectors/file.js";
import { bytesOf, type KnownKey } from "./vectors/keys.js";
import { expires, operator, session, voter, wallet } from "./vectors/messages.js";

const space = spaceOf(ownGenesis);
const until = "1793404800000";
const journal = new SmallJournal(space);
const poll = bytesOf("poll");
const say = async (message: object, key: KnownKey, moment = "1793404700000"): Promise<number> =>
  journal.add(await signed({ expires, nonce: "1", ...message } as Message, key, space), moment);

await say(ownGenesis, operator);
const ownVote = await say({ type: "Vote", account: voter.account, choice: "1", poll }, voter);
const walletVote = await say({ type: "Vote", account: wallet.account, choice: "0", poll }, wallet);
const sessionOf = (account: KnownKey, scopes = "post,vote", to: KnownKey = session): object => ({
  type: "Delegate", account: account.account, audience: "", key: to.publicKey, maximumSpend: "0", scopes, until,
});
const early = await say({ type: "Vote", account: wallet.account, choice: "1", poll, nonce: "2" }, session);
const delegation = await say(sessionOf(wallet), wallet);
const late = await say({ type: "Vote", account: wallet.account, choice: "1", poll }, session);
const ofVoter = await say(sessionOf(voter), voter);
const voterLate = await say({ type: "Vote", account: voter.account, choice: "1", poll }, session);
const narrow = await say(sessionOf(wallet, "post"), wallet);
const toOther = await say(sessionOf(wallet, "vote", operator), wallet);
const bySession = await say(sessionOf(wallet), session);
const stolen = await say({ type: "Vote", account: wallet.account, choice: "1", poll, nonce: "3" }, session);
const after = await say({ type: "Vote", account: wallet.account, choice: "1", poll }, session, "1793404800001");
const tick = await say({ type: "Tick", account: wallet.account }, session);

const valid = journal.receipt(late, session.publicKey, { index: delegation, accountKey: null });

test("receipts of keys, wallets and sessions verify", async () => {
  const receipts = [
    journal.receipt(0, operator.publicKey), journal.receipt(ownVote, voter.publicKey), journal.receipt(walletVote, null), valid,
    journal.receipt(voterLate, session.publicKey, { index: ofVoter, accountKey: voter.publicKey }),
  ];
  for (const receipt of receipts) {
    const { ok, links, entry } = await verifyReceipt(JSON.parse(JSON.stringify(receipt)), { space });
    assert.ok(ok, JSON.stringify(links));
    assert.deepEqual(links.map(({ name }) => name), ["space", "checkpoint", "inclusion", "signature", "delegation"]);
    assert.ok(entry);
  }
});

const of = (index: number, granted: number, accountKey: Hex | null = null): Receipt =>
  journal.receipt(index, session.publicKey, { index: granted, accountKey });

/** Each way to break a receipt and the first link that must notice. */
const broken: [string, Link["name"], unknown][] = [
  ["no object", "space", null],
  ["a list", "space", []],
  ["another format", "space", { ...valid, format: "chainspace-receipt/v2" }],
  ["no checkpoint", "checkpoint", { ...valid, checkpoint: undefined }],
  ["an entry with white space", "inclusion", { ...valid, entry: `${valid.entry} ` }],
  ["a proof in upper case", "inclusion", { ...valid, proof: valid.proof.map((hash) => hash.toUpperCase()) }],
  ["a genesis that creates no space", "space", { ...valid, genesis: { ...journal.prove(1), index: "0" } }],
  ["another space", "space", { ...valid, space: bytesOf("space") }],
  ["another genesis index", "space", { ...valid, genesis: { ...valid.genesis, index: "1" } }],
  ["another size", "checkpoint", { ...valid, checkpoint: valid.checkpoint.replace(`\n${journal.entries.length}\n`, "\n99\n") }],
  ["another root", "checkpoint", {
    ...valid, checkpoint: valid.checkpoint.replace(/\n[^\n]*\nstate/, `\n${btoa("r".repeat(32))}\nstate`),
  }],
  ["no signature on the checkpoint", "checkpoint", { ...valid, checkpoint: valid.checkpoint.replace(/\u2014.*\n$/, "") }],
  ["another index", "inclusion", { ...valid, index: "1" }],
  ["another moment", "inclusion", { ...valid, entry: valid.entry.replace('"moment":"1', '"moment":"2') }],
  ["another choice", "inclusion", { ...valid, entry: valid.entry.replace('"choice":"1"', '"choice":"0"') }],
  ["a genesis proof too short", "inclusion", { ...valid, genesis: { ...valid.genesis, proof: valid.genesis.proof.slice(1) } }],
  ["a delegation that is not in the journal", "inclusion", { ...valid, delegation: { ...valid.delegation, index: "1" } }],
  ["no key", "signature", { ...valid, key: null }],
  ["a key that is no point", "signature", { ...valid, key: `0x${"01".repeat(64)}` }],
  ["another key", "signature", { ...valid, key: voter.publicKey }],
  ["a key where a wallet signed", "signature", { ...journal.receipt(walletVote, null), key: voter.publicKey }],
  ["a delegation nobody needs", "delegation", journal.receipt(ownVote, voter.publicKey, { index: delegation, accountKey: null })],
  ["an account key nobody needs", "delegation", { ...journal.receipt(ownVote, voter.publicKey), accountKey: voter.publicKey }],
  ["an account key where a wallet delegated", "delegation", { ...valid, accountKey: voter.publicKey }],
  ["no delegation", "delegation", journal.receipt(late, session.publicKey)],
  ["another message as delegation", "delegation", of(late, ownVote, voter.publicKey)],
  ["a delegation of another account", "delegation", of(late, ofVoter, voter.publicKey)],
  ["no account key", "delegation", of(voterLate, ofVoter)],
  ["too narrow a delegation", "delegation", of(after, narrow)],
  ["a delegation to another", "delegation", of(after, toOther)],
  ["a delegation by a session", "delegation", of(after, bySession)],
  ["a delegation by a session that shows its own key", "delegation", of(stolen, bySession, session.publicKey)],
  ["a delegation that had ended", "delegation", of(after, delegation)],
  ["a delegation that came later", "delegation", of(early, delegation)],
  ["an act no session may do", "delegation", of(tick, delegation)],
];

for (const [name, link, document] of broken) {
  test(`receipt with ${name}: ${link}`, async () => {
    const { ok, links, entry } = await verifyReceipt(document);
    assert.equal(ok, false);
    assert.equal(entry, undefined);
    assert.equal(links.find((candidate) => !candidate.ok)?.name, link, JSON.stringify(links));
  });
}

test("a receipt of another space than asked for is refused", async () => {
  const { links } = await verifyReceipt(valid, { space: bytesOf("space") });
  assert.equal(links.length, 5);
  assert.match(links[0]!.detail, /another space/);
});

/** spec/vectors/receipts.json: receipts, and for invalid ones the first link that fails. */
interface ReceiptVector {
  readonly name: string;
  readonly receipt: Receipt;
  readonly ok: boolean;
  readonly failing: Link["name"] | null;
}

const vectors = read<ReceiptVector[]>("receipts.json") ?? [];
test("there are receipt vectors", () => {
  assert.ok(vectors.length > 0);
});

for (const { name, receipt, ok, failing } of vectors) {
  test(`receipt vector, ${name}`, async () => {
    const verification = await verifyReceipt(receipt);
    assert.equal(verification.ok, ok, JSON.stringify(verification.links));
    assert.equal(verification.links.find((link) => !link.ok)?.name ?? null, failing);
  });
}
