import type { Hex } from "./hex.js";
import type { ReliabilityLevel } from "./quote-views.js";

/** One page of a longer list; ask again with `nextCursor` until it is null. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

/** A space. Amounts are minor units; `decimals` places the point. */
export interface SpaceView {
  readonly id: Hex;
  readonly name: string;
  readonly network: string;
  /** Chain of the settlement network (EIP-155); "0" on Sovereign. */
  readonly chainId: string;
  /** The vault factory as a wallet account, zero on Sovereign; part of the domain of signatures. */
  readonly factory: Hex;
  readonly currency: string;
  readonly decimals: number;
  readonly operator: Hex;
  readonly grant: string;
  readonly origin: string;
  readonly checkpointKey: string;
  readonly sealingKey: Hex;
  readonly size: string;
  readonly polls: string;
  readonly accounts: string;
  /** The least that work must pay an hour for the node to take it, minor units; absent where it asks for none. */
  readonly minimumPay?: string;
}

/** What people read of a poll; can be erased. */
export interface PollContent {
  readonly title: string;
  readonly description: string;
  readonly options: readonly string[];
  /** JSON Schema that answers of the format `json` must fit. */
  readonly schema?: unknown;
  /** Who is admitted (spec/filters.md), where the poll's voters are `admitted`. */
  readonly filter?: unknown;
  /** Why the filter asks for what it asks for. */
  readonly purpose?: string;
  /** Of a job: hash of the hidden tests that work is checked by. */
  readonly tests?: Hex;
  /** Seconds that an answer, or the job, takes, as the requester states: 1 to 31,622,400. */
  readonly seconds?: number;
}

/** How a poll ended. */
export interface PollOutcome {
  readonly index: string;
  readonly moment: string;
  /** maximum, confidence, deadline, height, hand, cancelled; more may come. */
  readonly reason: string;
  /** Consensus answer, counted from zero; null where there is none. */
  readonly answer: number | null;
  /** The answer as a voter wrote it, where the format leaves that to voters; else null. */
  readonly words: string | null;
  readonly confidence: number;
  /** What the votes alone made it, before gold items were asked how far that is to be believed. */
  readonly belief: number;
  /** Gold items the confidence rests on. */
  readonly goldItems: number;
  readonly plurality: number | null;
  readonly counts: readonly number[];
  readonly paid: string;
  readonly refunded: string;
}

export interface PollView {
  readonly id: Hex;
  readonly index: string;
  readonly requester: Hex;
  readonly category: string;
  readonly content: PollContent | null;
  readonly contentHash: Hex;
  readonly options: number;
  /** What an answer looks like, spec/formats.md. */
  readonly format: string;
  readonly reward: string;
  /** What every voter locks with a vote. */
  readonly deposit: string;
  /** fixed, response, quality: how much of the reward the votes share. */
  readonly pricing: string;
  readonly payout: string;
  readonly aggregation: string;
  readonly voting: string;
  readonly voters: string;
  readonly sample: number;
  /** Seats of the sample by group, "country=DE:10,country=AT:5"; empty: no groups. */
  readonly quotas: string;
  /** Milliseconds that a drawn seat waits for its vote; "0": to the end. */
  readonly lease: string;
  /** What happens where the deadline finds no answer: equal, refund, or first more time, such as extend:86400000,equal. */
  readonly inconclusive: string;
  /** Until when accounts can apply to the draw; null where nobody applies. */
  readonly gather: string | null;
  readonly minimum: number;
  readonly maximum: number;
  /** Target in hundredths of a percent; 0: none. */
  readonly confidence: number;
  readonly posted: string;
  readonly deadline: string;
  /** Commitment to an answer that the requester knows, or a random value that looks like one; null where there is none. */
  readonly gold: Hex | null;
  /** The known answer, counted in options from zero; null before it was shown. */
  readonly goldAnswer: number | null;
  /** The batch of which it is an item, and the items before it; null where it stands alone. */
  readonly batch: Hex | null;
  readonly number: number | null;
  /** The job on whose declined submission it decides; null for other polls. */
  readonly job: Hex | null;
  /** Accounts its batch draws, which alone may vote on it; null where the batch draws none. */
  readonly panel: number | null;
  /** gathering, drawing, voting, opening, waiting, raffle, closed, inconclusive, expired, cancelled; more may come. */
  readonly state: string;
  readonly votes: number;
  readonly outcome: PollOutcome | null;
  /** How often the requester's gold items of the category that came to the outcome's belief were right; null where none did. */
  readonly reliability: ReliabilityLevel | null;
}

export interface VoteView {
  readonly index: string;
  readonly voter: Hex;
  readonly choice: number | null;
  readonly paid: string;
  /** The answer as the voter wrote it, where the format leaves that to voters; null while sealed, or erased. */
  readonly words: string | null;
  /** Salted hash of that answer. */
  readonly content: Hex | null;
  /** True where the vote has lost its deposit; else that went back. */
  readonly hasLostDeposit: boolean;
}

export interface ReputationView {
  readonly category: string;
  readonly for: number;
  readonly against: number;
  readonly mean: number;
  readonly lowerBound: number;
}

export interface AccountView {
  readonly id: Hex;
  readonly attributes: string;
  readonly available: string;
  readonly escrowed: string;
  readonly withdrawn: string;
  readonly earned: string;
  readonly received: string;
  readonly entries: string;
  readonly reputation: readonly ReputationView[];
}

export interface HistoryItem {
  readonly index: string;
  readonly moment: string;
  readonly type: string;
  readonly poll: Hex | null;
  readonly job: Hex | null;
  readonly batch: Hex | null;
}

/** One line of the feed. */
export interface FeedItem {
  readonly index: string;
  readonly moment: string;
  readonly type: string;
  readonly account: Hex;
  readonly poll: Hex | null;
  readonly state: string | null;
}

/** The answer to an accepted message. */
export interface Accepted {
  readonly id: Hex;
  readonly index: string;
  readonly moment: string;
}

/** The answer to a refused message of a batch. */
export interface Refused {
  readonly status: number;
  /** Stable name of the reason; see spec/refusals.md. */
  readonly code: string;
  readonly detail: string;
}

/** Content by its salted hash: salt ‖ text, base64. */
export interface ContentView {
  readonly hash: Hex;
  readonly bytes: string;
}

export interface ConsistencyView {
  readonly from: string;
  readonly to: string;
  readonly proof: readonly Hex[];
}
