import { sha256 } from "@noble/hashes/sha2.js";
import { type Envelope, writeEntry, writeEnvelope } from "../../src/canonical.js";
import { goldOf } from "../../src/gold.js";
import { ascii, concat, fromHex, type Hex, toHex } from "../../src/hex.js";
import type { Body, Message, MessageOf, MessageType } from "../../src/messages.js";
import { seal } from "../../src/sealing.js";
import { digestOf, domainOf, spaceOf, typeOf } from "../../src/typed-data.js";
import { bytesOf, type KnownKey, knownP256, knownWallet } from "./keys.js";

export const operator = knownP256("operator");
export const voter = knownP256("voter");
export const session = knownP256("session");
export const wallet = knownWallet("wallet");
export const sealing = knownP256("sealing");

export const expires = "1793404800000";
const moment = "1793404700123";
const largestMoment = String(2n ** 63n - 1n);
const largestAmount = String(2n ** 128n - 1n);
const largestNumber = String(2n ** 64n - 1n);
const largestCount = String(2n ** 32n - 1n);
const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("").replace(/["\\]/g, "");

export const genesis: MessageOf<"CreateSpace"> = {
  type: "CreateSpace", account: operator.account, chainId: "0", checkpointKey: bytesOf("checkpoint key"), currency: "points",
  decimals: "2", expires, factory: `0x${"00".repeat(32)}`, grant: "100000", key: operator.publicKey, name: "vectors",
  network: "sovereign", nonce: "0", sealingKey: sealing.publicKey, vault: "0x",
};

const inWords = (...values: readonly Hex[]): Hex => `0x${values.map((value) => value.slice(2).padStart(64, "0")).join("")}`;

/** A space on a chain: its vault has two witnesses, of whom one is enough, a window of a day and an exit after a week. */
const chained: MessageOf<"CreateSpace"> = {
  ...genesis, chainId: "31337", currency: "USDX", decimals: "6", factory: inWords("0xfac7000000000000000000000000000000000001"),
  grant: "0", network: "local-l2",
  vault: inWords(
    "0xa55e000000000000000000000000000000000002", "0x09e7000000000000000000000000000000000003", "0x", bytesOf("witnesses"),
    "0x01", "0x015180", "0x093a80", "0x016345785d8a0000"),
};

/** The space of the vectors, on Sovereign. */
export const space = spaceOf(genesis);

export interface MessageVector {
  readonly name: string;
  readonly space: Hex;
  readonly chainId: string;
  readonly factory: Hex;
  readonly key: { readonly kind: string; readonly privateKey: Hex; readonly publicKey: Hex; readonly account: Hex };
  readonly message: Message;
  readonly structType: string;
  readonly digest: Hex;
  readonly envelope: string;
  readonly moment: string;
  readonly entry: string;
}

const poll = bytesOf("poll");
const salt = bytesOf("salt");
const attachment = concat(
  fromHex(salt), ascii(JSON.stringify({ title: "Is this a cat?", description: "", options: ["Yes", "No – “nein”"] })));

const job = bytesOf("job");
const none: Hex = `0x${"00".repeat(32)}`;
const jobAttachment = concat(fromHex(salt), ascii(JSON.stringify({
  title: "Translate a page", description: "", options: ["Pay the worker", "Pay nothing", "Pay half"],
})));

const postPoll: Body<"PostPoll"> = {
  aggregation: "majority", batch: `0x${"0".repeat(64)}`, category: "cats", confidence: "9500", content: toHex(sha256(attachment)),
  deadline: "1793491200000", deposit: "0", format: "single", gather: "0", gold: `0x${"0".repeat(64)}`,
  height: "0", inconclusive: "equal", lease: "0", maximum: "3", minimum: "1", named: [], options: "2", payout: "majority",
  pricing: "fixed", quotas: "", reward: "300", sample: "0", voters: "open", voting: "sealed",
};

export async function messageVectors(): Promise<MessageVector[]> {
  const sealedChoice = await seal(
    { domain: { space }, sealingKey: sealing.publicKey, poll, voter: voter.account, opening: { choice: 1, salt } },
    bytesOf("ephemeral"));
  const of = <T extends MessageType>(type: T, key: KnownKey, body: Body<T>, nonce = "17", until = expires): Message =>
    ({ ...body, account: key.account, expires: until, nonce, type }) as unknown as Message;
  const cases: Case[] = [
    { name: "CreateSpace", key: operator, message: genesis },
    { name: "Register with a P-256 key", key: voter, message: of("Register", voter, { attributes: "", key: voter.publicKey }) },
    {
      name: "Register of a wallet", key: wallet,
      message: of("Register", wallet, { attributes: "country=DE,language=de", key: "0x" }),
    },
    {
      name: "Register with every character a text may have", key: voter,
      message: of("Register", voter, { attributes: printable, key: voter.publicKey }, "0", "0"),
    },
    {
      name: "Register with the longest text", key: voter,
      message: of("Register", voter, { attributes: "a".repeat(512), key: voter.publicKey }),
    },
    {
      name: "Delegate", key: wallet,
      message: of("Delegate", wallet, {
        audience: "http://localhost:8080", key: session.publicKey, maximumSpend: "500", scopes: "post,vote",
        until: "1795996800000",
      }),
    },
    { name: "Revoke", key: wallet, message: of("Revoke", wallet, { session: session.account }) },
    { name: "PostPoll with its content", key: voter, message: of("PostPoll", voter, postPoll), attachment },
    {
      name: "PostPoll that draws among admitted accounts", key: voter,
      message: of("PostPoll", voter, { ...postPoll, gather: "1793448000000", sample: "3", voters: "admitted" }),
    },
    {
      name: "PostPoll with the largest numbers and named voters", key: wallet,
      message: of("PostPoll", wallet, {
        ...postPoll, confidence: largestCount, deadline: largestMoment, height: largestNumber,
        named: [wallet.account, voter.account], reward: largestAmount, voters: "named", voting: "open",
      }, largestNumber, largestMoment),
    },
    {
      name: "PostBatch with its content", key: voter,
      message: of("PostBatch", voter, {
        category: "cats", content: toHex(sha256(attachment)), deadline: "1793491200000", format: "single", group: "100",
        options: "2", payout: "each", quotas: "country=DE:3,country=AT:2", sample: "5", training: "3", voters: "open",
      }),
      attachment,
    },
    { name: "CloseBatch", key: voter, message: of("CloseBatch", voter, { batch: poll }) },
    { name: "CancelPoll", key: voter, message: of("CancelPoll", voter, { poll }) },
    { name: "ClosePoll", key: voter, message: of("ClosePoll", voter, { poll }) },
    { name: "EraseContent", key: operator, message: of("EraseContent", operator, { poll }) },
    { name: "Vote", key: voter, message: of("Vote", voter, { choice: "2", poll }) },
    { name: "Vote of a wallet", key: wallet, message: of("Vote", wallet, { choice: "0", poll }) },
    { name: "Vote of a wallet, signed by its session key", key: session, message: of("Vote", wallet, { choice: "1", poll }) },
    { name: "Vote in another space", key: voter, message: of("Vote", voter, { choice: "2", poll }), space: bytesOf("space") },
    { name: "SealedVote", key: voter, message: of("SealedVote", voter, { ...sealedChoice, poll }) },
    { name: "OpenVote", key: voter, message: of("OpenVote", voter, { choice: "1", poll, salt }) },
    {
      name: "ExtendPoll", key: voter,
      message: of("ExtendPoll", voter, { deadline: "1794000000000", maximum: "9", poll, reward: "18000000" }),
    },
    { name: "RevealGold", key: voter, message: of("RevealGold", voter, { choice: "1", poll, salt }) },
    { name: "Conclude", key: operator, message: of("Conclude", operator, { poll, votes: "12" }) },
    {
      name: "Openings", key: operator,
      message: of("Openings", operator, { from: "0", packed: `0x00000001${salt.slice(2)}`, poll }),
    },
    { name: "Openings of none", key: operator, message: of("Openings", operator, { from: "400", packed: "0x", poll }) },
    {
      name: "ReportBlock", key: operator,
      message: of("ReportBlock", operator, { height: "7", root: bytesOf("root"), size: "1234" }),
    },
    { name: "Tick", key: operator, message: of("Tick", operator, {}) },
    {
      name: "Bonus", key: voter,
      message: of("Bonus", voter, { amount: "250", note: bytesOf("note"), task: poll, to: wallet.account }),
    },
    { name: "CreateSpace on a chain", key: operator, message: chained, on: chained },
    { name: "Vote on a chain", key: voter, message: of("Vote", voter, { choice: "2", poll }), on: chained },
    { name: "Withdraw", key: wallet, message: of("Withdraw", wallet, { amount: "250000" }), on: chained },
    {
      name: "Expedite", key: wallet, on: chained,
      message: of("Expedite", wallet, { amount: "500000", before: "1793405300000" }),
    },
    {
      name: "Admit", key: operator,
      message: of("Admit", operator, { poll, presentation: bytesOf("presentation"), voter: voter.account }),
    },
    {
      name: "ReportDeposit", key: operator, on: chained,
      message: of("ReportDeposit", operator, {
        height: "12", to: wallet.account, total: "1000000", transaction: bytesOf("transaction"),
      }),
    },
    {
      name: "ReportAnchor", key: operator, on: chained,
      message: of("ReportAnchor", operator, {
        height: "13", payoutRoot: bytesOf("payout root"), root: bytesOf("root"), size: "1234",
        transaction: bytesOf("transaction"),
      }),
    },
    {
      name: "Attest", key: operator,
      message: of("Attest", operator, { cluster: bytesOf("cluster"), level: "2", to: wallet.account }),
    },
    {
      name: "PostJob", key: voter, attachment: jobAttachment,
      message: of("PostJob", voter, {
        bond: "1200", category: "writing", checker: none, content: toHex(sha256(jobAttachment)), deadline: "1793491200000",
        jury: "0", lease: "86400000", milestones: "40,60", mode: "apply", review: "259200000", revisions: "1", tries: "3",
        reward: "5000", to: none, winners: "2", workers: "skill=writing,reputation>=0.8",
      }),
    },
    { name: "CancelJob", key: voter, message: of("CancelJob", voter, { job }) },
    { name: "ApplyForJob", key: wallet, message: of("ApplyForJob", wallet, { job }) },
    {
      name: "AssignJob", key: voter,
      message: of("AssignJob", voter, { job, reserve: [operator.account], worker: wallet.account }),
    },
    { name: "ClaimJob", key: wallet, message: of("ClaimJob", wallet, { job }) },
    { name: "LeaveJob", key: wallet, message: of("LeaveJob", wallet, { job }) },
    { name: "CommitWork", key: wallet, message: of("CommitWork", wallet, { commitment: bytesOf("sealed"), job }) },
    {
      name: "SubmitWork with the work", key: wallet, attachment: jobAttachment,
      message: of("SubmitWork", wallet, { content: toHex(sha256(jobAttachment)), job }),
    },
    { name: "AcceptWork", key: voter, message: of("AcceptWork", voter, { job, worker: wallet.account }) },
    {
      name: "DeclineWork", key: voter,
      message: of("DeclineWork", voter, { job, reason: "incomplete", worker: wallet.account }),
    },
    { name: "RequestRevision", key: voter, message: of("RequestRevision", voter, { job, worker: wallet.account }) },
    {
      name: "CounterOffer", key: voter,
      message: of("CounterOffer", voter, { job, percent: "70", worker: wallet.account }),
    },
    { name: "ReportCheck", key: operator, message: of("ReportCheck", operator, { job, passed: "1", worker: wallet.account }) },
    {
      name: "RateJob", key: voter,
      message: of("RateJob", voter, { commitment: bytesOf("rating"), job, worker: wallet.account }),
    },
    {
      name: "OpenRating", key: voter,
      message: of("OpenRating", voter, { job, salt, score: "5", worker: wallet.account }),
    },
    { name: "Credit", key: operator, message: of("Credit", operator, { amount: "250", to: wallet.account }) },
  ];
  return Promise.all(cases.map(vectorOf));
}

interface Case {
  readonly name: string;
  readonly key: KnownKey;
  readonly message: Message;
  readonly attachment?: Uint8Array;
  readonly space?: Hex;
  readonly on?: MessageOf<"CreateSpace">;
}

async function vectorOf({ name, key, message, attachment: content, space: other, on }: Case): Promise<MessageVector> {
  const genesisOf = on ?? genesis;
  const domain = domainOf(other ?? spaceOf(genesisOf), genesisOf);
  const signature = await key.sign(domain, message);
  const isSession = key.account !== message.account;
  const signed: Envelope = { message, signature, ...(isSession && { signer: key.account }) };
  const { kind, privateKey, publicKey, account } = key;
  return {
    name, space: domain.space, chainId: genesisOf.chainId, factory: genesisOf.factory,
    key: { kind, privateKey, publicKey, account }, message, structType: typeOf(message.type),
    digest: digestOf(domain, message), envelope: writeEnvelope({ ...signed, ...(content && { attachment: content }) }),
    moment, entry: writeEntry({ ...signed, moment }),
  };
}

/** Accounts by key. */
export function accountVectors(): object[] {
  return [operator, voter, session, sealing, wallet].map(({ kind, privateKey, publicKey, account }) =>
    ({ kind, privateKey, publicKey, account }));
}

/** Sealed votes, repeatable by a known ephemeral key, and what the sealing key reads in them. */
/** A known answer, bound to its poll's content. */
export function goldVectors(): object[] {
  return [0, 3].map((choice) => {
    const [content, salt] = [bytesOf(`content of ${choice}`), bytesOf(`salt of gold ${choice}`)];
    const gold = goldOf({ space }, content, voter.account, { choice, salt });
    return { space, content, requester: voter.account, choice: String(choice), salt, gold };
  });
}

export async function sealedVectors(): Promise<object[]> {
  const choices = [0, 1, 99, 2 ** 32 - 1];
  return Promise.all(choices.map(async (choice) => {
    const [ephemeralPrivateKey, opening] = [bytesOf(`ephemeral ${choice}`), { choice, salt: bytesOf(`salt ${choice}`) }];
    const sealed = await seal(
      { domain: { space }, sealingKey: sealing.publicKey, poll, voter: voter.account, opening }, ephemeralPrivateKey);
    return {
      space, poll, voter: voter.account, choice: String(choice), salt: opening.salt, ephemeralPrivateKey,
      sealingPrivateKey: sealing.privateKey, sealingKey: sealing.publicKey, ...sealed,
    };
  }));
}

