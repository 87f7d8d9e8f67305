import { type Hex, isHex } from "./hex.js";

/** What a field holds: its EIP-712 type, and which spellings of it the wire form takes. */
interface Kind {
  readonly type: "bytes32" | "bytes32[]" | "bytes" | "string" | "uint32" | "uint64" | "uint256";
  readonly isValid: (value: unknown) => boolean;
}

const number = <T extends Kind["type"]>(type: T, bits: number) =>
  ({ type, isValid: (value: unknown) => isDecimal(value, bits) });

const bytes = (minimum: number, maximum: number) => ({
  type: "bytes" as const,
  isValid: (value: unknown) => isHex(value) && value.length >= 2 + 2 * minimum && value.length <= 2 + 2 * maximum,
});

const kinds = {
  id: { type: "bytes32", isValid: (value) => isHex(value, 32) },
  ids: {
    type: "bytes32[]",
    isValid: (value) => Array.isArray(value) && value.length <= 500 && value.every((id) => isHex(id, 32)),
  },
  text: { type: "string", isValid: (value) => typeof value === "string" && /^[ !#-[\]-~]{0,512}$/.test(value) },
  count: number("uint32", 32),
  number: number("uint64", 64),
  moment: number("uint64", 63),
  amount: number("uint256", 128),
  key: bytes(64, 64),
  keyOrNone: bytes(0, 64),
  opening: bytes(85, 85),
  packed: bytes(0, 400 * 36),
  vault: bytes(0, 8 * 32),
} as const satisfies Record<string, Kind>;

type KindName = keyof typeof kinds;

/**
 * Every message with its fields in the order of their names: that is the order of the EIP-712 struct and of the canonical
 * JSON alike, so this one table drives both. See spec/messages.md.
 */
export const messageFields = {
  AcceptWork: { account: "id", expires: "moment", job: "id", nonce: "number", worker: "id" },
  Admit: { account: "id", expires: "moment", nonce: "number", poll: "id", presentation: "id", voter: "id" },
  ApplyForJob: { account: "id", expires: "moment", job: "id", nonce: "number" },
  AssignJob: { account: "id", expires: "moment", job: "id", nonce: "number", reserve: "ids", worker: "id" },
  Attest: { account: "id", cluster: "id", expires: "moment", level: "count", nonce: "number", to: "id" },
  Bonus: { account: "id", amount: "amount", expires: "moment", nonce: "number", note: "id", task: "id", to: "id" },
  CancelJob: { account: "id", expires: "moment", job: "id", nonce: "number" },
  CancelPoll: { account: "id", expires: "moment", nonce: "number", poll: "id" },
  ClaimJob: { account: "id", expires: "moment", job: "id", nonce: "number" },
  CloseBatch: { account: "id", batch: "id", expires: "moment", nonce: "number" },
  ClosePoll: { account: "id", expires: "moment", nonce: "number", poll: "id" },
  CommitWork: { account: "id", commitment: "id", expires: "moment", job: "id", nonce: "number" },
  Conclude: { account: "id", expires: "moment", nonce: "number", poll: "id", votes: "count" },
  CounterOffer: { account: "id", expires: "moment", job: "id", nonce: "number", percent: "count", worker: "id" },
  CreateSpace: {
    account: "id", chainId: "number", checkpointKey: "id", currency: "text", decimals: "count", expires: "moment",
    factory: "id", grant: "amount", key: "keyOrNone", name: "text", network: "text", nonce: "number", sealingKey: "key",
    vault: "vault",
  },
  Credit: { account: "id", amount: "amount", expires: "moment", nonce: "number", to: "id" },
  DeclineWork: { account: "id", expires: "moment", job: "id", nonce: "number", reason: "text", worker: "id" },
  Delegate: {
    account: "id", audience: "text", expires: "moment", key: "key", maximumSpend: "amount", nonce: "number",
    scopes: "text", until: "moment",
  },
  EraseContent: { account: "id", expires: "moment", nonce: "number", poll: "id" },
  Expedite: { account: "id", amount: "amount", before: "moment", expires: "moment", nonce: "number" },
  LeaveJob: { account: "id", expires: "moment", job: "id", nonce: "number" },
  OpenRating: { account: "id", expires: "moment", job: "id", nonce: "number", salt: "id", score: "count", worker: "id" },
  OpenVote: { account: "id", choice: "count", expires: "moment", nonce: "number", poll: "id", salt: "id" },
  Openings: { account: "id", expires: "moment", from: "count", nonce: "number", packed: "packed", poll: "id" },
  PostBatch: {
    account: "id", category: "text", content: "id", deadline: "moment", expires: "moment", format: "text", group: "count",
    nonce: "number", options: "count", payout: "text", quotas: "text", sample: "count", training: "count", voters: "text",
  },
  PostJob: {
    account: "id", bond: "count", category: "text", checker: "id", content: "id", deadline: "moment", expires: "moment",
    jury: "count", lease: "number", milestones: "text", mode: "text", nonce: "number", review: "number", revisions: "count",
    reward: "amount", to: "id", tries: "count", winners: "count", workers: "text",
  },
  PostPoll: {
    account: "id", aggregation: "text", batch: "id", category: "text", confidence: "count", content: "id", deadline: "moment",
    deposit: "amount", expires: "moment", format: "text", gather: "moment", gold: "id", height: "number",
    inconclusive: "text", lease: "number", maximum: "count", minimum: "count", named: "ids", nonce: "number",
    options: "count", payout: "text", pricing: "text", quotas: "text", reward: "amount", sample: "count", voters: "text",
    voting: "text",
  },
  RateJob: { account: "id", commitment: "id", expires: "moment", job: "id", nonce: "number", worker: "id" },
  Register: { account: "id", attributes: "text", expires: "moment", key: "keyOrNone", nonce: "number" },
  ExtendPoll: {
    account: "id", deadline: "moment", expires: "moment", maximum: "count", nonce: "number", poll: "id", reward: "amount",
  },
  RevealGold: { account: "id", choice: "count", expires: "moment", nonce: "number", poll: "id", salt: "id" },
  ReportAnchor: {
    account: "id", expires: "moment", height: "number", nonce: "number", payoutRoot: "id", root: "id", size: "number",
    transaction: "id",
  },
  ReportBlock: { account: "id", expires: "moment", height: "number", nonce: "number", root: "id", size: "number" },
  ReportCheck: { account: "id", expires: "moment", job: "id", nonce: "number", passed: "count", worker: "id" },
  ReportDeposit: {
    account: "id", expires: "moment", height: "number", nonce: "number", to: "id", total: "amount", transaction: "id",
  },
  RequestRevision: { account: "id", expires: "moment", job: "id", nonce: "number", worker: "id" },
  Revoke: { account: "id", expires: "moment", nonce: "number", session: "id" },
  SealedVote: {
    account: "id", commitment: "id", expires: "moment", nonce: "number", opening: "opening", poll: "id",
  },
  SubmitWork: { account: "id", content: "id", expires: "moment", job: "id", nonce: "number" },
  Tick: { account: "id", expires: "moment", nonce: "number" },
  Vote: { account: "id", choice: "count", expires: "moment", nonce: "number", poll: "id" },
  Withdraw: { account: "id", amount: "amount", expires: "moment", nonce: "number" },
} as const satisfies Record<string, Record<string, KindName>>;

export type MessageType = keyof typeof messageFields;

type Value<K extends KindName> = (typeof kinds)[K]["type"] extends infer T
  ? T extends "bytes32" | "bytes" ? Hex : T extends "bytes32[]" ? readonly Hex[] : string
  : never;

type Fields<T extends MessageType> = {
  readonly [F in keyof (typeof messageFields)[T]]: (typeof messageFields)[T][F] extends KindName
    ? Value<(typeof messageFields)[T][F]>
    : never;
};

/** A message of one type, its values spelled as on the wire: numbers as decimal strings, bytes as hexadecimal. */
export type MessageOf<T extends MessageType> = { readonly type: T } & Fields<T>;

/** Any message. */
export type Message = { [T in MessageType]: MessageOf<T> }[MessageType];

/** What a message says besides who says it, until when, and its nonce. */
export type Body<T extends MessageType> = Omit<MessageOf<T>, "type" | "account" | "expires" | "nonce">;

export interface Field {
  readonly name: string;
  readonly type: Kind["type"];
}

export function isMessageType(type: unknown): type is MessageType {
  return typeof type === "string" && Object.hasOwn(messageFields, type);
}

/** The fields of a type, sorted by name, as EIP-712 lists them. */
export function fieldsOf(type: MessageType): Field[] {
  return Object.entries<KindName>(messageFields[type]).map(([name, kind]) => ({ name, type: kinds[kind].type }));
}

/** Name of the first member that is missing, superfluous or misspelt; null for a message. */
export function faultOf(value: { readonly [member: string]: unknown; readonly type: MessageType }): string | null {
  const fields: Record<string, KindName> = messageFields[value.type];
  const wrong = Object.keys(fields).find((name) => !Object.hasOwn(value, name) || !kinds[fields[name]!].isValid(value[name]));
  return wrong ?? Object.keys(value).find((name) => name !== "type" && !Object.hasOwn(fields, name)) ?? null;
}

/** Digits without sign or leading zero, below 2 to the given power. */
export function isDecimal(value: unknown, bits: number): value is string {
  return typeof value === "string" && /^(?:0|[1-9][0-9]{0,38})$/.test(value) && BigInt(value) < 1n << BigInt(bits);
}
