import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Envelope, writeEntry } from "../src/canonical.js";
import { ascii, concat, fromHex, type Hex, toBase64, toHex } from "../src/hex.js";
import type { Message } from "../src/messages.js";
import { leafHash } from "../src/merkle.js";
import type { ProvenEntry, Receipt } from "../src/receipt.js";
import { bytesOf, type KnownKey } from "./vectors/keys.js";
import { genesis, space } from "./vectors/messages.js";

export const checkpointPrivateKey = fromHex(bytesOf("checkpoint private key"));
export const ownGenesis = { ...genesis, checkpointKey: toHex(ed25519.getPublicKey(checkpointPrivateKey)) };

/** Root of some leaf hashes, straight from the definition (RFC 9162 §2.1.1). */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leaves[0]!;
  const split = splitOf(leaves.length);
  return sha256(concat(Uint8Array.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split))));
}

/** RFC 9162 §2.1.3.1. */
export function inclusionOf(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split ? [...inclusionOf(index, left), rootOf(right)] : [...inclusionOf(index - split, right), rootOf(left)];
}

/** RFC 9162 §2.1.4.1. */
export function consistencyOf(older: number, leaves: readonly Uint8Array[], isWhole = true): Uint8Array[] {
  if (older === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return older <= split
    ? [...consistencyOf(older, left, isWhole), rootOf(right)]
    : [...consistencyOf(older - split, right, false), rootOf(left)];
}

/** A signed note (C2SP signed-note). */
export function noteOf(text: string, name: string, privateKey: Uint8Array): string {
  const key = ed25519.getPublicKey(privateKey);
  const id = sha256(concat(ascii(`${name}\n`), Uint8Array.of(1), key)).subarray(0, 4);
  return `${text}\n\u2014 ${name} ${toBase64(concat(id, ed25519.sign(ascii(text), privateKey)))}\n`;
}

/** A journal in memory, as far as receipts need one. */
export class SmallJournal {
  readonly entries: string[] = [];

  constructor(readonly space: Hex) {}

  add(signed: Envelope, moment: string): number {
    return this.entries.push(writeEntry({ ...signed, moment })) - 1;
  }

  prove(index: number): ProvenEntry {
    const proof = inclusionOf(index, this.leaves()).map(toHex);
    return { index: String(index), entry: this.entries[index]!, proof };
  }

  checkpoint(): string {
    const name = `chainspace/${this.space.slice(2)}`;
    const text = `${name}\n${this.entries.length}\n${toBase64(rootOf(this.leaves()))}\nstate AAAA\n`;
    return noteOf(text, name, checkpointPrivateKey);
  }

  receipt(index: number, key: Hex | null, delegation?: { index: number; accountKey: Hex | null }): Receipt {
    return {
      format: "chainspace-receipt/v1", space: this.space, ...this.prove(index), checkpoint: this.checkpoint(),
      genesis: this.prove(0), key,
      ...(delegation && { delegation: this.prove(delegation.index), accountKey: delegation.accountKey }),
    };
  }

  private leaves(): Uint8Array[] {
    return this.entries.map((entry) => leafHash(ascii(entry)));
  }
}

export async function signed(message: Message, key: KnownKey, of: Hex = space): Promise<Envelope> {
  const signature = await key.sign({ space: of }, message);
  return { message, signature, ...(key.account !== message.account && { signer: key.account }) };
}

function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
