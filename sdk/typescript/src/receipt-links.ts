import { accountOfKey, isKey, kindOf } from "./accounts.js";
import { type Entry, type Envelope, readEntry, WireFault } from "./canonical.js";
import { ascii, fromHex, type Hex, isHex } from "./hex.js";
import { isDecimal, type MessageOf, type MessageType } from "./messages.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { type Checkpoint, openCheckpoint } from "./note.js";
import { checkSignature } from "./signatures.js";
import { digestOf, type Domain, domainOf, spaceOf } from "./typed-data.js";

/** A link does not hold; the message says why. */
export class Broken extends Error {}

// Said by either side: the worker named in it does work, the other one hires.
const bySides: readonly MessageType[] = ["CounterOffer", "RateJob", "OpenRating"];

/** Which scope a session key needs for a message; others need the account's own key. */
const scopes: Partial<Record<MessageType, string>> = {
  Register: "account", Revoke: "account",
  PostPoll: "post", ExtendPoll: "post", CancelPoll: "post", ClosePoll: "post", EraseContent: "post", RevealGold: "post",
  PostBatch: "post", CloseBatch: "post", Bonus: "post",
  PostJob: "hire", CancelJob: "hire", AssignJob: "hire", AcceptWork: "hire", DeclineWork: "hire", RequestRevision: "hire",
  ApplyForJob: "work", ClaimJob: "work", CommitWork: "work", SubmitWork: "work", LeaveJob: "work",
  Vote: "vote", SealedVote: "vote", OpenVote: "vote",
};

function scopeOf(message: Parts): string | undefined {
  const type = message["type"] as MessageType;
  if (!bySides.includes(type)) return scopes[type];
  return message["worker"] === message["account"] ? "work" : "hire";
}

// A tree of 2⁶³ leaves has no longer path.
const pathLimit = 63;

type Parts = Readonly<Record<string, unknown>>;

/** A receipt under examination. Each check rests on those before it and gives a sentence, or throws {@link Broken}. */
export class Proof {
  readonly #receipt: Parts;
  readonly #genesis: Parts;
  #space!: { readonly id: Hex; readonly domain: Domain; readonly genesis: MessageOf<"CreateSpace"> };
  #checkpoint!: Checkpoint;
  #entry!: Entry;

  constructor(receipt: unknown, private readonly expected: Hex | undefined) {
    this.#receipt = isObject(receipt) ? receipt : {};
    this.#genesis = isObject(this.#receipt["genesis"]) ? this.#receipt["genesis"] : {};
  }

  get entry(): Entry {
    return this.#entry;
  }

  checkSpace(): string {
    const { format, space: id } = this.#receipt;
    if (format !== "chainspace-receipt/v1") throw unreadable("format");
    if (!isHex(id, 32)) throw unreadable("space");
    if (this.#genesis["index"] !== "0") throw unreadable("genesis.index");
    const genesis = entryIn(this.#genesis, "genesis.entry").message;
    if (genesis.type !== "CreateSpace") throw new Broken(`The genesis entry is a ${genesis.type} and creates no space.`);
    if (spaceOf(genesis) !== id) throw new Broken("The genesis entry creates another space.");
    const isExpected = this.expected === undefined || this.expected === id;
    if (!isExpected) throw new Broken(`The receipt is of another space than ${this.expected}.`);
    this.#space = { id, domain: domainOf(id, genesis), genesis };
    return `The genesis entry creates the space "${genesis.name}", and its hash is the space's id ${id}.`;
  }

  checkCheckpoint(): string {
    const { id, genesis } = this.#space;
    const { checkpoint: note } = this.#receipt;
    if (typeof note !== "string") throw unreadable("checkpoint");
    const checkpoint = openCheckpoint(note, { name: `chainspace/${id.slice(2)}`, publicKey: fromHex(genesis.checkpointKey) });
    if (checkpoint === null) throw new Broken("The checkpoint is not one that this space's checkpoint key signed.");
    this.#checkpoint = checkpoint;
    return `The space's checkpoint key signed a journal of ${checkpoint.size} entries.`;
  }

  checkInclusion(): string {
    const { delegation } = this.#receipt;
    this.include(this.#receipt, "");
    this.include(this.#genesis, "genesis.");
    if (delegation != null) this.include(isObject(delegation) ? delegation : {}, "delegation.");
    return `The journal of ${this.#checkpoint.size} entries holds this entry at index ${String(this.#receipt["index"])}.`;
  }

  async checkSignature(): Promise<string> {
    this.#entry = entryIn(this.#receipt, "entry");
    await this.checkSigned(this.#entry, "key");
    const { message, signer, moment } = this.#entry;
    return `${signer ?? message.account} signed this ${message.type}; the node stamped it at ${moment}.`;
  }

  async checkDelegation(): Promise<string> {
    const { signer, message: { account, type }, moment } = this.#entry;
    const { delegation, accountKey } = this.#receipt;
    if (signer === undefined) {
      if (delegation != null) throw superfluous("delegation");
      if (accountKey != null) throw superfluous("accountKey");
      return "The account signed with its own key, so no delegation is needed.";
    }

    if (!isObject(delegation)) throw new Broken(`A session key signed (${signer}), and the receipt shows no delegation to it.`);
    const granted = entryIn(delegation, "delegation.entry");
    const terms = granted.message;
    if (terms.type !== "Delegate") throw new Broken(`The entry shown as delegation is a ${terms.type}.`);
    if (terms.account !== account) throw new Broken(`The delegation is by another account, ${terms.account}.`);
    if (granted.signer !== undefined) throw new Broken("The delegation is not signed by the account's own key.");
    await this.checkSigned(granted, "accountKey");
    const isNamed = isKey(terms.key) && accountOfKey(terms.key) === signer;
    if (!isNamed) throw new Broken("The delegation is to another session key than the one that signed.");
    const scope = scopeOf(this.#entry.message);
    const isCovered = scope !== undefined && terms.scopes.split(",").includes(scope);
    if (!isCovered) throw new Broken(`The delegation covers "${terms.scopes}", which does not include ${type}.`);
    if (BigInt(terms.until) < BigInt(moment)) throw new Broken("The delegation had ended when the entry was stamped.");
    const isBefore = BigInt(delegation["index"] as string) < BigInt(this.#receipt["index"] as string);
    if (!isBefore) throw new Broken("The delegation does not stand before the entry.");
    return `The account ${account} had let this session key send a ${type}.`;
  }

  private include({ index, entry, proof }: Parts, which: string): void {
    if (!isDecimal(index, 63)) throw unreadable(`${which}index`);
    if (typeof entry !== "string" || /\p{Surrogate}/u.test(entry)) throw unreadable(`${which}entry`);
    const isPath = Array.isArray(proof) && proof.length <= pathLimit && proof.every((hash) => isHex(hash, 32));
    if (!isPath) throw unreadable(`${which}proof`);
    const isProved = verifyInclusion(BigInt(index), leafHash(ascii(entry)), proof.map(fromHex), this.#checkpoint);
    if (!isProved) throw new Broken(`The proof of "${which}entry" does not show it at index ${index}.`);
  }

  private async checkSigned(signed: Omit<Envelope, "attachment">, member: "key" | "accountKey"): Promise<void> {
    const signer = signed.signer ?? signed.message.account;
    const key = this.#receipt[member] ?? undefined;
    if (kindOf(signer) === "p256") {
      if (!isKey(key)) throw unreadable(member);
      if (accountOfKey(key) !== signer) throw new Broken(`The key shown is not the key of ${signer}.`);
    } else if (key !== undefined) {
      throw superfluous(member);
    }

    const digest = digestOf(this.#space.domain, signed.message);
    const answer = await checkSignature(signer, signed.signature, digest, key as Hex | undefined);
    if (answer !== "valid") throw new Broken(`The signature is not one that ${signer} made for this message (${answer}).`);
  }
}

function entryIn({ entry }: Parts, member: string): Entry {
  if (typeof entry !== "string") throw unreadable(member);
  try {
    return readEntry(entry);
  } catch (error) {
    if (error instanceof WireFault) throw unreadable(member);
    throw error;
  }
}

function unreadable(member: string): Broken {
  return new Broken(`The receipt's "${member}" is missing or not in the form of this format.`);
}

function superfluous(member: string): Broken {
  return new Broken(`The receipt has a "${member}", which has no place in a receipt of this kind.`);
}

function isObject(value: unknown): value is Parts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
