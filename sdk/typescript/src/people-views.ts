import type { Hex } from "./hex.js";
import type { PartyView } from "./task-views.js";
import type { HistoryItem, ReputationView } from "./views.js";

/** How many tasks of a category paid an account. */
export interface ReceiptCountView {
  readonly category: string;
  readonly count: number;
}

/** An account that was found, by what everybody may know of it. */
export interface PersonView {
  readonly id: Hex;
  readonly attributes: string;
  readonly reputation: readonly ReputationView[];
  readonly receipts: readonly ReceiptCountView[];
}

/** What an account can prove of itself. */
export interface ProfileView extends PersonView {
  /** How it behaves as a party to jobs, with the mean of its ratings; null where it was none. */
  readonly party: PartyView | null;
  /** Its newest votes and other entries; `receipt(space, index)` proves each. */
  readonly entries: readonly HistoryItem[];
  /** Credentials it published, each to be checked by its own signatures. */
  readonly credentials: readonly CredentialView[];
}

export interface CredentialView {
  readonly issuer: Hex;
  /** Said by the account of itself, and attested by nobody. */
  readonly isSelfStated: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly expires: string;
  /** SD-JWT, spec/credentials.md. */
  readonly presentation: string;
}

/** What the node keeps of one presentation, shown to the account that made it. */
export interface PresentationView extends CredentialView {
  readonly isPublished: boolean;
  readonly stored: string;
  /** SHA-256 of salt ‖ presentation. */
  readonly hash: Hex;
  readonly salt: Hex;
}

/** A question to be repeated in a signature (spec/credentials.md). */
export interface ChallengeView {
  /** Good once. */
  readonly nonce: string;
  readonly audience: string;
  readonly expires: string;
}

/** The account is in. */
export interface AdmissionView {
  /** The entry that admitted it; null where it was in before. */
  readonly index: string | null;
}

/** About how many accounts meet a filter: with noise, and rounded. */
export interface CountView {
  /** A multiple of `step`. */
  readonly count: number;
  /** Fewer people than this are never counted. */
  readonly smallest: number;
  readonly step: number;
}

/** An account may vote. */
export interface AdmissionView {
  /** The entry that admitted it; null where it was admitted before. */
  readonly index: string | null;
}

/** An invitation, as the invited account sees it. */
export interface InvitationView {
  readonly from: Hex;
  readonly task: Hex;
  readonly text: string;
  readonly moment: string;
}
