import assert from "node:assert/strict";
import { test } from "node:test";
import { readEnvelope } from "../src/canonical.js";
import { ChainSpaceClient, isAccepted } from "../src/client.js";
import { likeGold } from "../src/gold.js";
import { fromHex, type Hex, toHex } from "../src/hex.js";
import { BrowserWallet, DeviceKey, WalletKey } from "../src/keys.js";
import type { Message, MessageOf } from "../src/messages.js";
import { Problem } from "../src/problem.js";
import { openingOf, unseal } from "../src/sealing.js";
import { Session } from "../src/session.js";
import { checkSignature } from "../src/signatures.js";
import { commitmentOf, digestOf } from "../src/typed-data.js";
import type { PollView, SpaceView } from "../src/views.js";
import { cut, lines, ok, problem, type Reply, scriptedNode, stream } from "./scripted-node.js";
import { read, type VectorFile } from "./vectors/file.js";
import { bytesOf } from "./vectors/keys.js";
import { sealing, session, space, voter, wallet } from "./vectors/messages.js";

const poll = bytesOf("poll");
const envelope = readEnvelope(read<VectorFile>("messages.json")!.messages.find(({ name }) => name === "Vote")!.envelope);
const accepted = { id: poll, index: "7", moment: "1793404700000" };
const view = {
  id: space, name: "vectors", network: "sovereign", chainId: "0", factory: `0x${"00".repeat(32)}`,
  sealingKey: sealing.publicKey,
} as SpaceView;

type Act = (client: ChainSpaceClient, node: Awaited<ReturnType<typeof scriptedNode>>) => Promise<void>;

async function scene(replies: Reply[], act: Act): Promise<void> {
  const node = await scriptedNode(...replies);
  try {
    await act(new ChainSpaceClient(`${node.url}/`, { longestPause: 0.02 }), node);
  } finally {
    node.close();
  }
}

test("the same message goes out again until the node has time", () =>
  scene([problem(429, "busy", "1"), cut, problem(503, "starting", "1"), ok(accepted)], async (client, node) => {
    assert.deepEqual(await client.send("vectors", envelope), accepted);
    assert.equal(node.received.length, 4);
    assert.deepEqual([...new Set(node.received.map(({ body, url, method }) => `${method} ${url} ${body}`))].length, 1);
    assert.equal(node.received[0]!.url, "/v1/spaces/vectors/messages");
  }));

test("a refusal is a problem with its code, at once", () =>
  scene([problem(409, "already_voted"), ok(accepted)], async (client, node) => {
    await assert.rejects(client.send("vectors", envelope), (error: Problem) =>
      error instanceof Problem && error.message === "already_voted: It is already_voted." && error.status === 409);
    assert.equal(node.received.length, 1);
  }));

test("patience ends", () =>
  scene(Array.from({ length: 9 }, () => problem(503, "starting")), async (client, node) => {
    await assert.rejects(client.spaces(), { code: "starting" });
    assert.equal(node.received.length, 7);
  }));

test("what is no problem document is a problem all the same", () =>
  scene([(response) => response.writeHead(502).end("<html>")], (client) =>
    assert.rejects(client.spaces(), { status: 502, code: "http_502", detail: "<html>" })));

test("names and queries are put into the address", () =>
  scene([ok({ data: [], nextCursor: null }), ok({ data: [], nextCursor: null })], async (client, node) => {
    await client.polls("a/b c", { state: "voting", limit: 3, cursor: null });
    await client.votes("s", poll, { cursor: "x=y" });
    assert.deepEqual(node.received.map(({ url }) => url), [
      "/v1/spaces/a%2Fb%20c/polls?state=voting&limit=3", `/v1/spaces/s/polls/${poll}/votes?cursor=x%3Dy`]);
  }));

test("views of tasks and people have their addresses, and other work than asked for is none", () =>
  scene([...Array.from({ length: 6 }, () => ok({ data: [], nextCursor: null })), ok({})], async (client, node) => {
    await client.jobs("s", { state: "open", account: poll, cursor: "x", limit: 3 });
    await client.seats("s", poll, { limit: 2 });
    await client.people("s", { receipts: { category: "work/a", ge: 2 } }, { limit: 5 });
    await client.quote("s", { category: "birds", confidence: 9_500 });
    await client.polls("s", { batch: poll });
    await client.inbox("s", poll);
    await assert.rejects(client.work("s", poll), TypeError);
    assert.deepEqual(node.received.map(({ url }) => decodeURIComponent(url)), [
      `/v1/spaces/s/jobs?state=open&account=${poll}&cursor=x&limit=3`, `/v1/spaces/s/polls/${poll}/seats?limit=2`,
      '/v1/spaces/s/people?filter={"receipts":{"category":"work/a","ge":2}}&limit=5',
      "/v1/spaces/s/quote?category=birds&confidence=9500", `/v1/spaces/s/polls?batch=${poll}`,
      `/v1/spaces/s/accounts/${poll}/inbox`, `/v1/spaces/s/submissions/${poll}`]);
  }));

const early = problem(404, "not_checkpointed", "0");

test("a receipt is waited for", () =>
  scene([early, early, ok({ format: "f" })], async (client, node) => {
    assert.deepEqual(await client.receipt("s", 12), { format: "f" });
    assert.equal(node.received[2]!.url, "/v1/spaces/s/receipts/12");
  }));

test("a receipt is not waited for longer than asked, nor where there is no entry", () =>
  scene([early, problem(404, "not_found")], async (client) => {
    await assert.rejects(client.receipt("s", 12, { patience: 0 }), { code: "not_checkpointed" });
    await assert.rejects(client.receipt("s", 12), { code: "not_found" });
  }));

test("of a batch only what the node had no time for goes out again, results in order", () =>
  scene([
    lines(
      { ...accepted, index: "1" }, { status: 503, code: "busy", detail: "" }, { status: 409, code: "already_voted", detail: "" }),
    lines({ ...accepted, index: "2" }),
  ], async (client, node) => {
    const results = await client.sendMany("s", [envelope, envelope, envelope]);
    assert.deepEqual(results.map((result) => (isAccepted(result) ? result.index : result.code)), ["1", "2", "already_voted"]);
    assert.deepEqual(node.received.map(({ body }) => body.trimEnd().split("\n").length), [3, 1]);
    assert.equal(node.received[0]!.headers["content-type"], "application/x-ndjson");
  }));

test("the feed survives cuts and goes on after the last entry seen", () => {
  const event = (index: number, end = "\n"): string => `id: ${index}${end}data: {"index":"${index}"}${end}${end}`;
  return scene([
    stream(": hello\n\n", event(4).slice(0, 9), event(4).slice(9), event(5, "\r\n"), event(6).slice(0, -1)),
    cut, problem(503, "starting"),
    stream(event(6, "\r"), "event: x\ndata: {\"index\":\ndata: \"7\"}\nid: 7\n\n"),
    stream("data: {\"index\":\"8\"}\r", "\nid: 8\r\n\r\n"), stream(event(9)),
  ], async (client, node) => {
    const seen: string[] = [];
    for await (const { index } of client.feed("s", { after: "3" })) {
      seen.push(index);
      if (index === "9") break;
    }
    assert.deepEqual(seen, ["4", "5", "6", "7", "8", "9"]);
    assert.deepEqual(node.received.map(({ headers }) => headers["last-event-id"]), ["3", "5", "5", "5", "7", "8"]);
  });
});

test("a feed that is refused is a problem", () =>
  scene([problem(404, "unknown_space")], (client) => assert.rejects(client.feed("s").next(), { code: "unknown_space" })));

test("the feed ends when it is told to", () =>
  scene([(response) => response.writeHead(200).write("id: 1\ndata: {}\n\n")], async (client) => {
    const stop = new AbortController();
    let count = 0;
    for await (const _ of client.feed("s", { signal: stop.signal })) {
      count++;
      setTimeout(() => stop.abort(), 5);
    }
    assert.equal(count, 1);
  }));

test("a session makes the messages of its account and seals where the poll is sealed", async () => {
  const key = await DeviceKey.generate();
  const isSealed = ok({ id: poll, voting: "sealed" } as PollView);
  const replies = [ok(view), ok(accepted), ok(accepted), ok(accepted), isSealed, ok(accepted)];
  await scene(replies, async (client, node) => {
    const own = await Session.open(client, "vectors", key);
    await own.join({ language: "de", country: "DE" });
    await own.post({ title: "Cat?", options: ["Ä", "B"], reward: 300n, category: "cats", maximum: 3, voting: "sealed" });
    await own.close(poll);
    const { opening } = await own.vote(poll, 1);
    const sent = node.received.filter(({ method }) => method === "POST").map(({ body }) => readEnvelope(body));
    for (const { message, signature, signer } of sent) {
      assert.equal(signer, undefined);
      const digest = digestOf({ space }, message);
      assert.equal(await checkSignature(key.account, signature, digest, key.publicKey), "valid");
    }
    const [register, post, , vote] = sent.map(({ message }) => message) as
      [MessageOf<"Register">, MessageOf<"PostPoll">, Message, MessageOf<"SealedVote">];
    assert.equal(register.attributes, "country=DE,language=de");
    assert.equal(register.key, key.publicKey);
    const content = sent[1]!.attachment!;
    assert.equal(toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(content)))), post.content);
    const text = new TextDecoder().decode(content.subarray(32));
    assert.deepEqual(JSON.parse(text), { title: "Cat?", description: "", options: ["Ä", "B"] });
    assert.deepEqual(await unseal(vote, sealing.privateKey), opening);
    assert.equal(new Set(sent.map(({ message }) => message.nonce)).size, 4);
  });
});

test("a gold item is posted with the commitment that its answer opens later", () =>
  scene([ok(view), ok(accepted), ok(accepted), ok(accepted)], async (client, node) => {
    const own = await Session.open(client, "vectors", await DeviceKey.generate());
    const item = { title: "Cat?", options: ["A", "B"], reward: 300n, category: "cats", maximum: 3 };
    const answer = openingOf(1);
    await own.postGold(item, answer);
    await own.post({ ...item, gold: likeGold() });
    await own.revealGold(poll, answer);
    const [gold, other, shown] = node.received.slice(1).map(({ body }) => readEnvelope(body).message) as
      [MessageOf<"PostPoll">, MessageOf<"PostPoll">, MessageOf<"RevealGold">];
    assert.equal(gold.gold, commitmentOf({ space }, gold.content, own.account, { choice: 1, salt: shown.salt }));
    assert.deepEqual({ choice: shown.choice, salt: shown.salt }, { choice: "1", salt: answer.salt });
    assert.match(other.gold, /^0x[0-9a-f]{64}$/);
    assert.notEqual(other.gold, gold.gold);
  }));

test("a session key names itself as the signer", () =>
  scene([ok(view), ok({ id: poll, voting: "open" } as PollView), ok(accepted)], async (client, node) => {
    const key = await DeviceKey.fromPrivateKey(session.privateKey);
    await (await Session.open(client, "vectors", key, wallet.account)).vote(poll, 2);
    const { message, signer } = readEnvelope(node.received[2]!.body);
    assert.equal(message.type, "Vote");
    assert.equal(message.account, wallet.account);
    assert.equal(signer, session.account);
  }));

test("a browser wallet signs typed data, and its odd spellings of a signature are put right", async () => {
  const key = new WalletKey(wallet.privateKey);
  const address = `0x${wallet.account.slice(26)}` as Hex;
  const message = envelope.message as Message;
  const due = await key.sign({ space }, message);
  for (const change of [(v: number) => v, (v: number) => v - 27]) {
    const calls: { method: string; params?: unknown[] }[] = [];
    const signature = fromHex(due);
    signature[64] = change(signature[64]!);
    const browser = await BrowserWallet.connect({
      request(call) {
        calls.push(call);
        const isFirst = call.method === "eth_requestAccounts";
        return Promise.resolve(isFirst ? [address.toUpperCase().replace("0X", "0x")] : toHex(signature));
      },
    });
    assert.equal(browser.account, wallet.account);
    assert.equal(await browser.sign({ space }, message), due);
    assert.equal(calls[1]!.method, "eth_signTypedData_v4");
    const data = JSON.parse(calls[1]!.params![1] as string) as { primaryType: string; domain: { chainId: unknown } };
    assert.equal(data.primaryType, "Vote");
    assert.equal(data.domain.chainId, 0);
  }
});

test("every signature of a device key has a low s and its key stays inside", async () => {
  const key = await DeviceKey.generate();
  for (let i = 0; i < 32; i++) {
    const signature = await key.sign({ space }, envelope.message);
    assert.equal(await checkSignature(key.account, signature, digestOf({ space }, envelope.message), key.publicKey), "valid");
  }
  await assert.rejects(crypto.subtle.exportKey("jwk", key.privateKey));
  assert.notEqual(key.account, voter.account);
});
