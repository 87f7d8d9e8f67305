import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { ChainSpaceClient } from "../src/client.js";
import { DeviceKey } from "../src/keys.js";
import type { Hex } from "../src/hex.js";
import type { Problem } from "../src/problem.js";
import { verifyReceipt } from "../src/receipt.js";
import { Session } from "../src/session.js";
import type { FeedItem, PollView } from "../src/views.js";

// A whole poll against a real node: CHAINSPACE_URL=http://localhost:8080 [CHAINSPACE_SPACE=name] npm test
const url = process.env["CHAINSPACE_URL"];

const skip = url === undefined ? "CHAINSPACE_URL is not set" : false;

test("a sealed poll from registration to payment", { skip, timeout: 60_000 }, async (context) => {
  const client = new ChainSpaceClient(url!);
  const space = process.env["CHAINSPACE_SPACE"] ?? (await client.spaces()).data[0]!.id;
  const before = await client.space(space);
  const keys = await Promise.all(Array.from({ length: 4 }, () => DeviceKey.generate()));
  const [requester, ...voters] = await Promise.all(keys.map((key) => Session.open(client, space, key)));

  const seen: FeedItem[] = [];
  const stop = new AbortController();
  // An open stream would keep a test alive that has failed.
  context.after(() => stop.abort());
  const watching = collect(client.feed(space, { after: String(BigInt(before.size) - 1n), signal: stop.signal }), seen);

  const entries = await Promise.all([requester!, ...voters].map((session) => session.join()));
  const reward = 300n;
  const grant = BigInt(before.grant);
  assert.ok(grant >= reward, "The space's grant is too small for this scenario.");
  const posted = await requester!.post({
    title: "Is this a cat?", description: "A live test.", options: ["Yes", "No"], reward, category: "live-test",
    minimum: 3, maximum: 3, voting: "sealed",
  });
  entries.push(posted);
  assert.equal(await escrowed(client, space, requester!.account), reward);

  const first = await voters[0]!.sign("ClosePoll", { poll: posted.id });
  await assert.rejects(client.send(space, first), "Only the requester closes a poll.");
  const open = await until(client, space, posted.id, () => true);
  assert.equal(open.state, "voting");
  const votes = [await voters[0]!.vote(open, 0)];
  await assert.rejects(voters[0]!.vote(open, 1), { code: "already_voted" });
  assert.equal(open.content?.title, "Is this a cat?");

  votes.push(await voters[1]!.vote(open, 0), await voters[2]!.vote(open, 1));
  const closed = await until(client, space, posted.id, ({ outcome }) => outcome !== null);
  assert.equal(closed.state, "closed", JSON.stringify(closed.outcome));
  assert.equal(closed.outcome!.answer, 0);
  assert.deepEqual(closed.outcome!.counts, [2, 1]);

  const accounts = await Promise.all(keys.map(({ account }) => client.account(space, account)));
  const places = accounts.flatMap(({ available, escrowed: held, withdrawn }) => [available, held, withdrawn]);
  const money = places.reduce((sum, amount) => sum + BigInt(amount), 0n);
  assert.equal(money, 4n * grant, "Money was made or lost.");
  assert.equal(BigInt(closed.outcome!.paid) + BigInt(closed.outcome!.refunded), reward);
  const paid = (await client.votes(space, posted.id)).data.reduce((sum, vote) => sum + BigInt(vote.paid), 0n);
  assert.equal(paid, BigInt(closed.outcome!.paid));

  const again = await requester!.sign("EraseContent", { poll: posted.id });
  assert.deepEqual(await client.send(space, again), await client.send(space, again), "A repetition is answered alike.");
  assert.equal((await until(client, space, posted.id, ({ content }) => content === null)).content, null);

  for (const { index } of [...entries, ...votes]) {
    const verification = await verifyReceipt(await client.receipt(space, index), { space: before.id });
    assert.ok(verification.ok, JSON.stringify(verification.links));
    assert.equal(verification.entry!.message.type.length > 0, true);
  }

  await feeds(seen, [...entries, ...votes].map(({ index }) => index));
  const history = await client.history(space, requester!.account);
  assert.ok(history.data.some(({ type, index }) => type === "PostPoll" && index === posted.index));
  stop.abort();
  await watching;
});

async function collect(feed: AsyncIterable<FeedItem>, seen: FeedItem[]): Promise<void> {
  for await (const item of feed) seen.push(item);
}

async function feeds(seen: readonly FeedItem[], indexes: readonly string[]): Promise<void> {
  for (let i = 0; i < 100 && !indexes.every((index) => seen.some((item) => item.index === index)); i++) await wait(100);
  for (const index of indexes) assert.ok(seen.some((item) => item.index === index), `The feed did not show entry ${index}.`);
}

// What a node shows may lag behind what it has accepted.
async function until(client: ChainSpaceClient, space: string, poll: Hex, isDone: (view: PollView) => boolean): Promise<PollView> {
  for (let i = 0; i < 200; i++) {
    const view = await client.poll(space, poll).catch((problem: Problem) => {
      if (problem.status !== 404) throw problem;
    });
    if (view && isDone(view)) return view;
    await wait(100);
  }
  return client.poll(space, poll);
}

async function escrowed(client: ChainSpaceClient, space: string, account: Hex): Promise<bigint> {
  for (let i = 0; i < 50; i++) {
    const held = BigInt((await client.account(space, account)).escrowed);
    if (held > 0n) return held;
    await wait(50);
  }
  return 0n;
}
