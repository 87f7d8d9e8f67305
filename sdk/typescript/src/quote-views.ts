import type { Hex } from "./hex.js";

/** What one has in mind. */
export interface QuoteQuery {
  readonly category: string;
  /** Hundredths of a percent, 5001 to 9999. */
  readonly confidence: number;
  /** 2. */
  readonly options?: number;
  /** 1. */
  readonly minimum?: number;
  /** 20. */
  readonly maximum?: number;
  /** Who may vote: open, or a filter of what is public; open. */
  readonly voters?: string;
  /** Whose gold items count; nobody's. */
  readonly requester?: Hex;
  /** Whether the poll may be a gold item, and so closes when its answer is probably true. */
  readonly gold?: boolean;
  /** Minor units to lock; says what of it would be spent. */
  readonly reward?: string;
  /** fixed, response; fixed. */
  readonly pricing?: string;
}

/** What a poll would need for a confidence, by imagined polls among the category's voters. */
export interface QuoteView {
  /** Votes expected. */
  readonly votes: number;
  /** One poll in ten needs no more. */
  readonly low: number;
  /** One poll in ten needs more. */
  readonly high: number;
  /** Chance, 0 to 1, to come to the maximum without the confidence. */
  readonly inconclusive: number;
  /** Voters with a record in the category that it rests on; 0: it takes them for newcomers. */
  readonly voters: number;
  /** Accounts that may vote: all of the space, or those its filter lets in. */
  readonly accounts: number;
  /** Expected cost in minor units; null where no reward was asked about. */
  readonly cost: string | null;
  /** Gold items of the requester behind the confidence; 0: it is the votes' own belief. */
  readonly goldItems: number;
  /** Expected time by the category's last polls; null where there were none. */
  readonly milliseconds: string | null;
}

/** How far confidences of one requester's polls in a category have been true. */
export interface ReliabilityView {
  readonly category: string;
  readonly requester: Hex;
  /** Gold items whose answer was shown. */
  readonly goldItems: number;
  readonly levels: readonly ReliabilityLevel[];
}

export interface ReliabilityLevel {
  /** What the votes alone make it, 0 to 1. */
  readonly belief: number;
  /** Gold items that came to it. */
  readonly reached: number;
  /** Of these, with the true option in the lead at that moment. */
  readonly right: number;
  /** What a poll at this belief is said to have, 0 to 1. */
  readonly confidence: number;
}
