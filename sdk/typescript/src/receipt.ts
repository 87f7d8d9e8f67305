import { accountOfKey } from "./accounts.js";
import { type Entry, readEntry } from "./canonical.js";
import { ascii, fromHex, type Hex, isHex } from "./hex.js";
import { isDecimal, type MessageOf, type MessageType } from "./messages.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { type Checkpoint, isSignedBy, readCheckpoint } from "./note.js";
import { checkSignature, type SignatureAnswer } from "./signatures.js";
import { digestOf, type Domain, domainOf, spaceOf } from "./typed-data.js";

/** An entry of the journal with its proof in the receipt's checkpoint. */
export interface ProvenEntry {
  readonly index: string;
  readonly entry: string;
  readonly proof: readonly string[];
}

/** A portable proof that the journal holds an entry; see spec/receipt.md. */
export interface Receipt extends ProvenEntry {
  readonly format: string;
  readonly space: string;
  readonly checkpoint: string;
  readonly genesis: ProvenEntry;
  readonly delegation?: ProvenEntry | null;
  /** x ‖ y of the signer, where it is a P-256 key. */
  readonly key?: string | null;
  /** x ‖ y of the account that delegated, where it is a P-256 key. */
  readonly accountKey?: string | null;
}

/** One step of a proof and what was found. */
export interface Link {
  readonly name: "format" | "space" | "checkpoint" | "inclusion" | "signature" | "delegation";
  readonly ok: boolean;
  /** A sentence for people. */
  readonly detail: string;
}

export interface Verification {
  readonly ok: boolean;
  readonly links: readonly Link[];
  /** What was proved, where everything was. */
  readonly entry?: Entry;
}

/** Which scope a session key needs for a message; others need the account's own key. */
const scopes: Partial<Record<MessageType, string>> = {
  Register: "account", Revoke: "account",
  PostPoll: "post", CancelPoll: "post", ClosePoll: "post", EraseContent: "post",
  Vote: "vote", SealedVote: "vote", OpenVote: "vote",
};

/**
 * Checks every link of a receipt, offline; never throws for what strangers send.
 * @param options.space the space the receipt must be of; without it the receipt's own word is taken for which space it is.
 */
export async function verifyReceipt(document: unknown, options: { readonly space?: Hex } = {}): Promise<Verification> {
  const read = readReceipt(document);
  if (typeof read === "string") return { ok: false, links: [{ name: "format", ok: false, detail: read }] };
  const links = [checkSpace(read, options.space), checkCheckpoint(read), checkInclusion(read), await checkSigner(read)];
  links.push(await checkDelegation(read));
  const ok = links.every((link) => link.ok);
  return { ok, links, ...(ok && { entry: read.entry }) };
}

/** A receipt whose shape is right; nothing of it is believed yet. */
interface Reading {
  readonly receipt: Receipt;
  readonly entry: Entry;
  readonly genesis: MessageOf<"CreateSpace">;
  readonly delegation: Entry | null;
  readonly domain: Domain;
  readonly checkpoint: Checkpoint;
}

function readReceipt(document: unknown): Reading | string {
  if (!isObject(document) || document["format"] !== "chainspace-receipt/v1") return "This is no chainspace-receipt/v1.";
  const { space, checkpoint, genesis, delegation } = document;
  if (!isHex(space, 32)) return "The space is no 32-byte id.";
  if (!isProven(document) || !isProven(genesis)) return "An entry, index or proof is missing or misspelt.";
  if (delegation != null && !isProven(delegation)) return "The delegation is misspelt.";
  const head = typeof checkpoint === "string" ? readCheckpoint(checkpoint) : null;
  if (head === null) return "The checkpoint is no checkpoint.";
  try {
    const first = readEntry(genesis.entry).message;
    if (first.type !== "CreateSpace") return "The genesis entry creates no space.";
    const domain = domainOf(space, first.network);
    if (domain === null) return `The settlement network ${first.network} is not known here.`;
    return {
      receipt: document as unknown as Receipt, entry: readEntry(document.entry), genesis: first, domain, checkpoint: head,
      delegation: delegation == null ? null : readEntry(delegation.entry),
    };
  } catch (fault) {
    return `An entry is not in its one canonical spelling (${String(fault)}).`;
  }
}

function checkSpace({ receipt, genesis }: Reading, expected: Hex | undefined): Link {
  const { space } = receipt;
  if (expected !== undefined && expected !== space) return bad("space", `The receipt is of another space, ${space}.`);
  if (receipt.genesis.index !== "0") return bad("space", "The genesis entry is not the journal's first.");
  if (spaceOf(genesis) !== space) return bad("space", "The genesis entry created another space.");
  return good("space", `The space "${genesis.name}" was created by ${genesis.account}.`);
}

function checkCheckpoint({ receipt, genesis, checkpoint }: Reading): Link {
  const name = `chainspace/${receipt.space.slice(2)}`;
  if (checkpoint.origin !== name) return bad("checkpoint", `The checkpoint is of another journal, ${checkpoint.origin}.`);
  const isSigned = isSignedBy(receipt.checkpoint, name, fromHex(genesis.checkpointKey));
  if (!isSigned) return bad("checkpoint", "The checkpoint is not signed by the space's checkpoint key.");
  return good("checkpoint", `The node signed the journal at ${checkpoint.size} entries.`);
}

function checkInclusion({ receipt, checkpoint }: Reading): Link {
  const parts = { entry: receipt, "genesis entry": receipt.genesis, delegation: receipt.delegation };
  for (const [name, part] of Object.entries(parts)) {
    if (part && !isIncluded(part, checkpoint)) return bad("inclusion", `The ${name} is not proved to be in the journal.`);
  }

  return good("inclusion", `Entry ${receipt.index} is in the journal.`);
}

async function checkSigner({ receipt, entry, domain }: Reading): Promise<Link> {
  const signer = entry.signer ?? entry.message.account;
  const digest = digestOf(domain, entry.message);
  const answer = await checkSignature(signer, entry.signature, digest, receipt.key ?? undefined);
  if (answer !== "valid") return bad("signature", sentences[answer]);
  return good("signature", `${signer} signed the ${entry.message.type} message ${digest}.`);
}

async function checkDelegation({ receipt, entry, delegation, domain }: Reading): Promise<Link> {
  const { signer, message: { account, type } } = entry;
  const fail = (detail: string): Link => bad("delegation", detail);
  if (signer === undefined) return good("delegation", "The account signed by itself.");
  if (!delegation || !receipt.delegation) return fail("A session key signed, but no delegation is shown.");
  const { message } = delegation;
  if (message.type !== "Delegate") return fail("The delegation is another message.");
  if (message.account !== account || delegation.signer) return fail("The delegation is not signed by the account itself.");
  const digest = digestOf(domain, message);
  const answer = await checkSignature(account, delegation.signature, digest, receipt.accountKey ?? undefined);
  if (answer !== "valid") return fail(sentences[answer]);
  if (accountOfKey(message.key) !== signer) return fail("The delegation is for another key.");
  const scope = scopes[type];
  if (!scope || !message.scopes.split(",").includes(scope)) return fail(`The delegation does not cover ${type}.`);
  if (BigInt(message.until) < BigInt(entry.moment)) return fail("The delegation had ended.");
  const isLater = BigInt(receipt.delegation.index) >= BigInt(receipt.index);
  return isLater ? fail("The delegation came later.") : good("delegation", `${account} let ${signer} ${scope} for it.`);
}

const sentences: Record<Exclude<SignatureAnswer, "valid">, string> = {
  wrong_length: "The signature is of the wrong length for this account.",
  high_s: "The signature is not in its one allowed form.",
  unknown_key: "The key shown is not the signer's.",
  forged: "The signature is not the signer's.",
};

function isIncluded({ index, entry, proof }: ProvenEntry, checkpoint: Checkpoint): boolean {
  return verifyInclusion(BigInt(index), leafHash(ascii(entry)), proof.map(fromHex), checkpoint);
}

function isProven(part: unknown): part is ProvenEntry {
  if (!isObject(part) || !isDecimal(part["index"], 63) || typeof part["entry"] !== "string") return false;
  const { proof } = part;
  return Array.isArray(proof) && proof.length <= 64 && proof.every((hash) => isHex(hash, 32));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function good(name: Link["name"], detail: string): Link {
  return { name, ok: true, detail };
}

function bad(name: Link["name"], detail: string): Link {
  return { name, ok: false, detail };
}
