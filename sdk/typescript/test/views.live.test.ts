import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { sha256 } from "@noble/hashes/sha2.js";
import { ChainSpaceClient } from "../src/client.js";
import { ascii, concat, type Hex, random, toHex } from "../src/hex.js";
import { DeviceKey } from "../src/keys.js";
import type { PersonView, ProfileView, ReceiptCountView } from "../src/people-views.js";
import type { QuoteView } from "../src/quote-views.js";
import { contentOf, Session } from "../src/session.js";
import type {
  AssignmentView, BatchView, DecisionView, InboxItem, JobView, NextAct, PartyView, SubmissionView,
} from "../src/task-views.js";
import type { AccountView, PollOutcome, PollView, VoteView } from "../src/views.js";

// What the types say a node sends, against what it sends: the compiler completes these lists, the test compares them.
type Members<T> = Record<keyof T, true>;

const poll: Members<PollView> = {
  id: true, index: true, requester: true, category: true, content: true, contentHash: true, options: true, format: true,
  reward: true, deposit: true, pricing: true, payout: true, aggregation: true, voting: true, voters: true, sample: true,
  quotas: true, lease: true, inconclusive: true, gather: true, minimum: true, maximum: true, confidence: true,
  posted: true, deadline: true, gold: true, goldAnswer: true, batch: true, number: true, panel: true, reliability: true,
  job: true, state: true, votes: true, outcome: true,
};
const outcome: Members<PollOutcome> = {
  index: true, moment: true, reason: true, answer: true, words: true, confidence: true, belief: true, goldItems: true,
  plurality: true, counts: true, paid: true, refunded: true,
};
const vote: Members<VoteView> = {
  index: true, voter: true, choice: true, paid: true, words: true, content: true, hasLostDeposit: true,
};
const batch: Members<BatchView> = {
  id: true, index: true, requester: true, category: true, content: true, contentHash: true, format: true, options: true,
  payout: true, group: true, training: true, posted: true, deadline: true, state: true, items: true, votes: true, states: true,
  medianSeconds: true, hourly: true, groups: true, settledGroups: true, goldShown: true, sample: true, voters: true,
  quotas: true, drawn: true,
};
const job: Members<JobView> = {
  id: true, index: true, requester: true, content: true, contentHash: true, category: true, mode: true, reward: true,
  winners: true, milestones: true, bond: true, workers: true, deadline: true, state: true, left: true, assignments: true,
  decisions: true, next: true, lease: true, review: true, revisions: true, tries: true, jury: true, checker: true,
};
const part: Members<AssignmentView> = {
  worker: true, phase: true, due: true, milestone: true, work: true, paid: true, case: true, reason: true,
  requesterOffer: true, workerOffer: true, rateUntil: true, requesterHasRated: true, workerHasRated: true,
  ratingOfWorker: true, ratingOfRequester: true, check: true, locked: true, revisions: true, failed: true,
  submissions: true, submitted: true,
};
const submission: Members<SubmissionView> = {
  index: true, moment: true, milestone: true, work: true, state: true, isPassed: true, reason: true, case: true, percent: true,
};
const decision: Members<DecisionView> = { index: true, worker: true, milestone: true, percent: true, paid: true, by: true };
const next: Members<NextAct> = { act: true, by: true, worker: true, until: true };
const party: Members<PartyView> = {
  account: true, posted: true, accepted: true, silent: true, declined: true, upheld: true, overturned: true,
  medianPayHours: true, ratings: true, rating: true,
};
const person: Members<PersonView> = { id: true, attributes: true, reputation: true, receipts: true };
const profile: Members<ProfileView> = { ...person, party: true, entries: true, credentials: true };
const receipts: Members<ReceiptCountView> = { category: true, count: true };
const quote: Members<QuoteView> = {
  votes: true, low: true, high: true, inconclusive: true, voters: true, accounts: true, cost: true,
  goldItems: true, milliseconds: true,
};
const inbox: Members<InboxItem> = {
  kind: true, poll: true, title: true, category: true, reward: true, maximum: true, before: true, paid: true,
};

const url = process.env["CHAINSPACE_URL"];
const skip = url === undefined ? "CHAINSPACE_URL is not set" : false;
const none: Hex = `0x${"0".repeat(64)}`;
const category = "live-views";
const tomorrow = String(Date.now() + 86_400_000);

test("a node sends what the types say, of polls, batches, jobs and people", { skip, timeout: 60_000 }, async () => {
  const client = new ChainSpaceClient(url!);
  const space = process.env["CHAINSPACE_SPACE"] ?? (await client.spaces()).data[0]!.id;
  const keys = await Promise.all([DeviceKey.generate(), DeviceKey.generate()]);
  const [requester, worker] = await Promise.all(keys.map((key) => Session.open(client, space, key)));
  await Promise.all([requester!.join(), worker!.join()]);

  const posted = await worksOn(requester!, worker!);
  const shown = await until(() => client.job(space, posted), ({ state }) => state === "ended");
  same(job, shown);
  same(part, shown.assignments[0]!);
  same(submission, shown.assignments[0]!.submissions[0]!);
  same(decision, shown.decisions[0]!);
  same(next, shown.next[0]!);
  assert.deepEqual(shown.next.map(({ act }) => act), ["RateJob", "RateJob"]);
  const work = await client.work(space, shown.assignments[0]!.work!);
  assert.equal(new TextDecoder().decode(work.content), "Done.");
  assert.equal((await client.jobs(space, { account: worker!.account })).data.length, 1);
  const second = await worksOn(requester!, worker!);
  await until(() => client.job(space, second), ({ state }) => state === "ended");
  const newest = await client.jobs(space, { account: worker!.account, limit: 1 });
  const older = await client.jobs(space, { account: worker!.account, limit: 1, cursor: newest.nextCursor });
  assert.deepEqual([newest, older].map(({ data }) => data.map(({ id }) => id)), [[second], [posted]]);
  assert.equal(older.nextCursor, null);
  same(party, await client.party(space, requester!.account));
  const skilled = { receipts: { category: `work/${category}`, ge: 1 } };
  const find = async () => (await client.people(space, skilled)).data.find(({ id }) => id === worker!.account);
  same(person, (await until(find, (each) => each !== undefined))!);
  const view = await client.profile(space, worker!.account);
  same(profile, view);
  same(receipts, view.receipts[0]!);
  assert.equal(view.party, null, "Who only worked and was not rated has no record.");

  const [name, item] = await itemOf(requester!);
  await worker!.vote(await until(() => client.poll(space, item), ({ batch: of }) => of !== null), 0);
  const ended = await until(() => client.poll(space, item), (each) => each.outcome !== null);
  same(poll, ended);
  same(outcome, ended.outcome!);
  assert.deepEqual([ended.batch, ended.number], [name, 0]);
  same(vote, (await client.votes(space, item)).data[0]!);
  same(batch, await client.batch(space, name));
  assert.deepEqual((await client.polls(space, { batch: name })).data.map(({ id }) => id), [item]);
  assert.ok((await client.batches(space)).data.some(({ id }) => id === name));
  same(inbox, (await client.inbox(space, worker!.account)).data[0]!);
  same(quote, await client.quote(space, { category, confidence: 9_500 }));
  await assert.rejects(client.quote(space, { category, confidence: 1 }), { code: "bad_quote" });
  const account: AccountView = await client.account(space, worker!.account);
  assert.equal(account.id, worker!.account);
});

// A job that the worker does and the requester accepts.
async function worksOn(requester: Session, worker: Session): Promise<Hex> {
  const content = contentOf({ title: "A small job", options: ["Pay the worker", "Pay nothing", "Pay half"] });
  const terms = {
    bond: "1200", category, checker: none, content: toHex(sha256(content)), deadline: tomorrow, jury: "0",
    lease: "600000", milestones: "100", mode: "open", review: "600000", revisions: "0", reward: "500", to: none, tries: "0",
    winners: "1", workers: "open",
  } as const;
  const { client, space } = requester;
  const { id } = await client.send(space.id, await requester.sign("PostJob", terms, content));
  await client.send(space.id, await worker.sign("ClaimJob", { job: id }));
  const work = concat(random(32), ascii("Done."));
  await client.send(space.id, await worker.sign("SubmitWork", { content: toHex(sha256(work)), job: id }, work));
  await client.send(space.id, await requester.sign("AcceptWork", { job: id, worker: worker.account }));
  return id;
}

// A batch and its only item.
async function itemOf(requester: Session): Promise<[batch: Hex, poll: Hex]> {
  const content = contentOf({ title: "A batch", options: ["Yes", "No"] });
  const terms = {
    category, content: toHex(sha256(content)), deadline: tomorrow, format: "single", group: "1", options: "2", payout: "each",
    quotas: "", sample: "0", training: "0", voters: "open",
  } as const;
  const { id } = await requester.client.send(requester.space.id, await requester.sign("PostBatch", terms, content));
  const poll = await requester.post({
    title: "An item", options: ["Yes", "No"], reward: 100n, category, maximum: 1, deadline: tomorrow, batch: id,
  });
  return [id, poll.id];
}

function same(members: Record<string, true>, value: object): void {
  assert.deepEqual(Object.keys(value).sort(), Object.keys(members).sort());
}

// What a node shows may lag behind what it has accepted.
async function until<T>(read: () => Promise<T>, isDone: (view: T) => boolean): Promise<T> {
  for (let i = 0; i < 100; i++) {
    const view = await read().catch(() => undefined);
    if (view !== undefined && isDone(view)) return view;
    await wait(100);
  }
  return read();
}
