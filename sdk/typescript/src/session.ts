import { type Answer, answerHash, packAnswer } from "./answers.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Envelope } from "./canonical.js";
import type { ChainSpaceClient } from "./client.js";
import { goldOf } from "./gold.js";
import { ascii, concat, type Hex, random, toHex, toNumber } from "./hex.js";
import type { Signer } from "./keys.js";
import type { Body, Message, MessageType } from "./messages.js";
import { openingOf, seal } from "./sealing.js";
import { type Domain, domainOf, type Opening } from "./typed-data.js";
import type { Accepted, PollContent, PollView, SpaceView } from "./views.js";

const lifetime = 10 * 60_000;

/** A number that is read or written: minor units, milliseconds, counts. */
export type Count = bigint | number | string;

/** A poll to post. What is left out: everybody may vote openly, majority, no target of confidence, one day. */
export interface NewPoll {
  readonly title: string;
  readonly description?: string;
  readonly options: readonly string[];
  /** Minor units, locked now and shared at the end. */
  readonly reward: Count;
  readonly category: string;
  /** Votes at which the poll closes. */
  readonly maximum: number;
  /** Fewer votes than this at the end and the poll is expired; 1. */
  readonly minimum?: number;
  readonly voting?: "open" | "sealed";
  /** `open`, `named`, `admitted`, or a filter such as `country=DE`. */
  readonly voters?: string;
  readonly named?: readonly Hex[];
  /** With voters "admitted": who is let in (spec/filters.md). */
  readonly filter?: object;
  /** Why the filter asks for what it asks for; needed where that is sensitive. */
  readonly purpose?: string;
  readonly sample?: number;
  /** Hundredths of a percent at which the poll closes; 0: never for confidence. */
  readonly confidence?: number;
  readonly deadline?: Date | Count;
  readonly height?: Count;
  readonly aggregation?: string;
  readonly payout?: string;
  readonly inconclusive?: string;
  /** What an answer looks like, spec/formats.md; "single". */
  readonly format?: string;
  /** What each voter locks with a vote, minor units; 0. */
  readonly deposit?: Count;
  /** The batch of which this is the next item. */
  readonly batch?: Hex;
  /** Seconds that an answer takes, as you state it; some nodes ask for it. */
  readonly seconds?: number;
  /** Until when accounts apply to a draw among those the node admits; only with voters "admitted" and a sample. */
  readonly gather?: Date | Count;
  /** Commitment to the known answer of a gold item, which postGold makes; likeGold() in all polls among which some hide. */
  readonly gold?: Hex;
  /** Milliseconds a drawn seat is kept for its voter; 0: to the end. */
  readonly lease?: Count;
  /** "fixed" or "response". */
  readonly pricing?: string;
  /** Seats by group, "country=DE:10,country=AT:5". */
  readonly quotas?: string;
}

/** What a session key may do. */
export interface NewDelegation {
  /** x ‖ y of the session key. */
  readonly key: Hex;
  readonly scopes: readonly ("account" | "hire" | "post" | "vote" | "work")[];
  /** Most it may lock in rewards altogether, minor units; 0. */
  readonly maximumSpend?: Count;
  readonly until: Date | Count;
  /** Origin of the node; the client's own. */
  readonly audience?: string;
}

/** A vote and, where it was sealed, what opens it; the node opens it by itself, keep it only to be able to do so too. */
export interface CastVote extends Accepted {
  readonly opening?: Opening;
}

/** An account at work in one space: makes messages, has them signed, sends them. */
export class Session {
  readonly account: Hex;

  private constructor(
    readonly client: ChainSpaceClient, readonly space: SpaceView, readonly domain: Domain, readonly signer: Signer, account?: Hex,
  ) {
    this.account = account ?? signer.account;
  }

  /** @param account for whom a session key speaks; the signer's own account where left out. */
  static async open(client: ChainSpaceClient, space: string, signer: Signer, account?: Hex): Promise<Session> {
    const view = await client.space(space);
    const domain = domainOf(view.id, view);
    return new Session(client, view, domain, signer, account);
  }

  /** Makes the account known to the space, or replaces its public attributes. */
  join(attributes: Readonly<Record<string, string>> = {}): Promise<Accepted> {
    const text = Object.keys(attributes).sort().map((name) => `${name}=${attributes[name]}`).join(",");
    const isOwn = this.signer.account === this.account;
    return this.say("Register", { attributes: text, key: isOwn ? this.signer.publicKey : "0x" });
  }

  /** Posts a poll and locks its reward; the answer's id is the poll's. */
  post(poll: NewPoll): Promise<Accepted> {
    return this.postWith(poll, contentOf(poll));
  }

  /**
   * Posts a poll whose answer is known, to be shown with {@link revealGold} when voting has ended.
   * @param answer `openingOf(choice)`. Keep it before you call this: who loses its salt can never show the answer, and who
   * reads it knows which poll is gold. Other polls need `gold: likeGold()` for gold to hide among them.
   */
  postGold(poll: NewPoll, answer: Opening): Promise<Accepted> {
    const attachment = contentOf(poll);
    const gold = goldOf(this.domain, toHex(sha256(attachment)), this.account, answer);
    return this.postWith({ ...poll, gold }, attachment);
  }

  private postWith(poll: NewPoll, attachment: Uint8Array): Promise<Accepted> {
    const named = [...(poll.named ?? [])].sort();
    const body: Body<"PostPoll"> = {
      aggregation: poll.aggregation ?? "majority",
      batch: poll.batch ?? `0x${"0".repeat(64)}`,
      category: poll.category,
      confidence: String(poll.confidence ?? 0),
      content: toHex(sha256(attachment)),
      deadline: momentOf(poll.deadline ?? Date.now() + 86_400_000),
      deposit: String(poll.deposit ?? 0),
      format: poll.format ?? "single",
      gather: momentOf(poll.gather ?? 0),
      gold: poll.gold ?? `0x${"0".repeat(64)}`,
      height: String(poll.height ?? 0),
      inconclusive: poll.inconclusive ?? "equal",
      lease: String(poll.lease ?? 0),
      maximum: String(poll.maximum),
      minimum: String(poll.minimum ?? 1),
      named,
      options: String(poll.options.length),
      payout: poll.payout ?? "majority",
      pricing: poll.pricing ?? "fixed",
      quotas: poll.quotas ?? "",
      reward: String(poll.reward),
      sample: String(poll.sample ?? 0),
      voters: poll.voters ?? (named.length > 0 ? "named" : "open"),
      voting: poll.voting ?? "open",
    };
    return this.say("PostPoll", body, attachment);
  }

  /** Votes, sealed where the poll wants it so; `choice` counts options from zero. */
  async vote(poll: Hex | PollView, choice: number): Promise<CastVote> {
    const view = typeof poll === "string" ? await this.client.poll(this.space.id, poll) : poll;
    if (view.voting !== "sealed") return this.say("Vote", { choice: String(choice), poll: view.id });
    const opening = openingOf(choice);
    const { domain, account: voter } = this;
    const ballot = { domain, sealingKey: this.space.sealingKey, poll: view.id, voter, opening };
    return { ...(await this.say("SealedVote", { ...(await seal(ballot)), poll: view.id })), opening };
  }

  /** Answers in own words, sealed until voting has ended; for polls of the formats text, url, json and file. */
  async answer(poll: Hex, answer: Answer): Promise<CastVote> {
    const { code, attachment } = packAnswer(answer);
    const opening = { choice: code, salt: answerHash(attachment) };
    const { domain, account: voter } = this;
    const ballot = { domain, sealingKey: this.space.sealingKey, poll, voter, opening };
    return { ...(await this.say("SealedVote", { ...(await seal(ballot)), poll }, attachment)), opening };
  }

  /** Opens an own sealed vote where the node has not. */
  open(poll: Hex, opening: Opening): Promise<Accepted> {
    return this.say("OpenVote", { choice: String(opening.choice), poll, salt: opening.salt });
  }

  /** Shows the known answer of a gold item that has ended. */
  revealGold(poll: Hex, answer: Opening): Promise<Accepted> {
    return this.say("RevealGold", { choice: String(answer.choice), poll, salt: answer.salt });
  }

  /** Gives a poll that takes votes more time, votes or reward; each number is the new whole. */
  extend(poll: Hex, terms: { deadline: Date | number; maximum: number; reward: bigint | number | string }): Promise<Accepted> {
    const { maximum, reward } = terms;
    const deadline = momentOf(terms.deadline);
    return this.say("ExtendPoll", { deadline, maximum: String(maximum), poll, reward: String(reward) });
  }

  /** Ends voting by hand. */
  close(poll: Hex): Promise<Accepted> {
    return this.say("ClosePoll", { poll });
  }

  /** Takes a poll back before the first vote. */
  cancel(poll: Hex): Promise<Accepted> {
    return this.say("CancelPoll", { poll });
  }

  /** Has title, description and options erased; the journal keeps only their salted hash. */
  erase(poll: Hex): Promise<Accepted> {
    return this.say("EraseContent", { poll });
  }

  /** Lets a session key speak for this account. */
  delegate(to: NewDelegation): Promise<Accepted> {
    return this.say("Delegate", {
      audience: to.audience ?? new URL(this.client.url).origin,
      key: to.key,
      maximumSpend: String(to.maximumSpend ?? 0),
      scopes: [...to.scopes].sort().join(","),
      until: momentOf(to.until),
    });
  }

  /** Ends a session key at once. */
  revoke(session: Hex): Promise<Accepted> {
    return this.say("Revoke", { session });
  }

  /** Lets available money be claimed from the vault; needs the account's own key. */
  withdraw(amount: Count): Promise<Accepted> {
    return this.say("Withdraw", { amount: String(amount) });
  }

  /**
   * Pays for an anchor of everything so far by a moment, at most seven days ahead; the money comes back if it is missed.
   * Needs the account's own key.
   */
  expedite(amount: Count, before: Date | Count): Promise<Accepted> {
    return this.say("Expedite", { amount: String(amount), before: momentOf(before) });
  }

  /** Pays an extra for a vote or work in an own task, running or ended within a week; the note is a hash, zero for nothing. */
  bonus(task: Hex, to: Hex, amount: Count, note: Hex = `0x${"0".repeat(64)}`): Promise<Accepted> {
    return this.say("Bonus", { amount: String(amount), note, task, to });
  }

  /** A signed message, not sent: keep it to send the very same again, or many in one batch. */
  async sign<T extends MessageType>(type: T, body: Body<T>, attachment?: Uint8Array): Promise<Envelope> {
    const header = { account: this.account, expires: String(Date.now() + lifetime), nonce: String(toNumber(random(8))) };
    const message = { ...body, ...header, type } as unknown as Message;
    const signature = await this.signer.sign(this.domain, message);
    const { account: signer } = this.signer;
    return { message, signature, ...(signer !== this.account && { signer }), ...(attachment && { attachment }) };
  }

  private async say<T extends MessageType>(type: T, body: Body<T>, attachment?: Uint8Array): Promise<Accepted> {
    return this.client.send(this.space.id, await this.sign(type, body, attachment));
  }
}

/** The attachment of a poll: 32 random salt bytes ‖ its JSON. */
export function contentOf(content: Partial<PollContent> & Pick<PollContent, "title" | "options">): Uint8Array {
  const { title, description = "", options, filter, purpose, seconds } = content;
  return concat(random(32), ascii(JSON.stringify({ title, description, options, filter, purpose, seconds })));
}

function momentOf(time: Date | Count): string {
  return String(time instanceof Date ? time.getTime() : time);
}
