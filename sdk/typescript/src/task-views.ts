import type { Hex } from "./hex.js";
import type { PollContent } from "./views.js";

/** A batch: what its items have in common, and how far they are. Items are polls: `polls(space, { batch })`. */
export interface BatchView {
  readonly id: Hex;
  readonly index: string;
  readonly requester: Hex;
  readonly category: string;
  readonly content: PollContent | null;
  readonly contentHash: Hex;
  /** What an answer to an item looks like, spec/formats.md. */
  readonly format: string;
  readonly options: number;
  /** each, correlated, determinant. */
  readonly payout: string;
  /** Items that are counted and paid together. */
  readonly group: number;
  /** Items at the beginning that everybody must answer first. */
  readonly training: number;
  /** Accounts to draw once for all items, its panel; 0: each item says who may vote on it. */
  readonly sample: number;
  /** Who stands in that draw: open, or a filter. */
  readonly voters: string;
  /** Seats of the panel by group; empty: none. */
  readonly quotas: string;
  /** Accounts that were drawn; null before, and where no panel is. */
  readonly drawn: number | null;
  readonly posted: string;
  readonly deadline: string;
  /** open: items may join; closed: no more. */
  readonly state: string;
  readonly items: number;
  /** Votes on all items. */
  readonly votes: string;
  /** Items whose known answer was shown. */
  readonly goldShown: number;
  /** Median seconds from one vote of a voter to the next, pauses left out; null before there are any. */
  readonly medianSeconds: number | null;
  /** What a vote on the newest item pays an hour at that pace, minor units. */
  readonly hourly: string | null;
  /** Groups that the items make so far, and whole ones of which every item has ended. */
  readonly groups: number;
  readonly settledGroups: number;
  /** How many items are in each state of a poll; states without any are left out. */
  readonly states: Readonly<Record<string, number>>;
}

/** A job: its terms, where everybody stands, what was decided, and who may do what next. */
export interface JobView {
  readonly id: Hex;
  readonly index: string;
  readonly requester: Hex;
  /** Title and description; null once erased. */
  readonly content: PollContent | null;
  readonly contentHash: Hex;
  readonly category: string;
  /** open, apply, direct, contest. */
  readonly mode: string;
  /** Minor units for each winner. */
  readonly reward: string;
  readonly winners: number;
  /** Percents of the reward, in order: "40,60". */
  readonly milestones: string;
  /** Minor units a worker locks. */
  readonly bond: string;
  readonly workers: string;
  readonly deadline: string;
  /** Milliseconds for each submission, and for a decision on it; silence accepts. */
  readonly lease: string;
  readonly review: string;
  /** How often each milestone's work may be sent back. */
  readonly revisions: number;
  /** Failed checks of a milestone that end the lease; 0: as many as the lease allows. */
  readonly tries: number;
  /** Least lower bound of a juror's reputation in the category, hundredths of a percent; 0: anyone. */
  readonly jury: number;
  /** Account whose automatic check comes before the review. */
  readonly checker: Hex | null;
  /** open, ended. */
  readonly state: string;
  /** Minor units still locked for workers. */
  readonly left: string;
  readonly assignments: readonly AssignmentView[];
  /** Empty in lists. */
  readonly decisions: readonly DecisionView[];
  readonly next: readonly NextAct[];
}

/** One worker's part in a job. */
export interface AssignmentView {
  readonly worker: Hex;
  /** applied, reserved, offered, working, committed, checking, review, declined, done. */
  readonly phase: string;
  /** When this phase ends by itself; null where it does not. */
  readonly due: string | null;
  /** The milestone in hand, from 1. */
  readonly milestone: number;
  /** Hash of the last submission; of a contest's commitment before it is shown; null before. */
  readonly work: Hex | null;
  readonly paid: string;
  /** Minor units that the worker has locked now. */
  readonly locked: string;
  /** What was handed in, in its order: the last 100. Empty in lists. */
  readonly submissions: readonly SubmissionView[];
  /** How often something was handed in; 0 in lists. */
  readonly submitted: number;
  /** How often the work of the milestone in hand was sent back. */
  readonly revisions: number;
  /** How many checks of the milestone in hand have failed. */
  readonly failed: number;
  /** The poll that decides on a declined submission. */
  readonly case: Hex | null;
  readonly reason: string | null;
  /** Percent that each side would settle for. */
  readonly requesterOffer: number | null;
  readonly workerOffer: number | null;
  /** Last moment to rate; null while the part is not over. */
  readonly rateUntil: string | null;
  readonly requesterHasRated: boolean;
  readonly workerHasRated: boolean;
  /** 1 to 5, once opened. */
  readonly ratingOfWorker: number | null;
  readonly ratingOfRequester: number | null;
  /** How the last submission did in hidden tests; null where there are none, or it was not checked yet. */
  readonly check: CheckView | null;
}

/** Work that was handed in, and what became of it. */
export interface SubmissionView {
  readonly index: string;
  readonly moment: string;
  /** From 1. */
  readonly milestone: number;
  readonly work: Hex;
  /** checking, failed, review, sent-back, declined, accepted, agreed, silence, conceded, verdict, passed-over. */
  readonly state: string;
  /** Whether it passed the automatic check; null where none was reported. */
  readonly isPassed: boolean | null;
  /** Why it was declined, and the poll that decides on it; null where it was not. */
  readonly reason: string | null;
  readonly case: Hex | null;
  /** Percent of the milestone the worker got; null before it was settled. */
  readonly percent: number | null;
}

/** How a submission did in hidden tests, as far as it may be known while they are hidden. */
export interface CheckView {
  readonly passed: number;
  readonly failed: number;
  /** Why it could not be run, where it is no program that the tests take. */
  readonly fault: string | null;
  /** Hash of the whole verdict; null until the job has ended. */
  readonly verdict: Hex | null;
}

/** A submission that was settled. */
export interface DecisionView {
  readonly index: string;
  readonly worker: Hex;
  /** From 1. */
  readonly milestone: number;
  /** Percent of the milestone the worker got. */
  readonly percent: number;
  readonly paid: string;
  /** accepted, agreed, silence, conceded, verdict. */
  readonly by: string;
}

/** Something that may be said next. */
export interface NextAct {
  /** A message's type. */
  readonly act: string;
  /** Null: whoever meets the terms. */
  readonly by: Hex | null;
  readonly worker: Hex | null;
  /** Last moment; null: none is set. */
  readonly until: string | null;
}

/** How an account behaves as a party to jobs. */
export interface PartyView {
  readonly account: Hex;
  readonly posted: number;
  readonly accepted: number;
  /** Submissions paid because no decision came. */
  readonly silent: number;
  readonly declined: number;
  readonly upheld: number;
  readonly overturned: number;
  /** Half of the payments came within so many hours; null before the first, and beyond 72. */
  readonly medianPayHours: number | null;
  readonly ratings: number;
  /** Mean of the ratings received, 1 to 5. */
  readonly rating: number | null;
}

/** A drawn account. */
export interface SeatView {
  readonly account: Hex;
  /** seated, lapsed. */
  readonly state: string;
  /** When a seat without a vote goes to the reserve; null where it is for keeps. */
  readonly leaseEnd: string | null;
}

/** Something an account can do now, or was paid for. */
export interface InboxItem {
  /** seat, vote, apply, open, paid. */
  readonly kind: string;
  readonly poll: Hex;
  readonly title: string | null;
  readonly category: string;
  readonly reward: string;
  readonly maximum: number;
  /** By when to act; null where nothing is to be done. */
  readonly before: string | null;
  /** What the vote earned; only where the poll has ended. */
  readonly paid: string | null;
}
