import type { Entry } from "./canonical.js";
import type { Hex } from "./hex.js";
import { Broken, Proof } from "./receipt-links.js";

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

/** One step from the space's id to the message, and what was found. */
export interface Link {
  readonly name: "space" | "checkpoint" | "inclusion" | "signature" | "delegation";
  readonly ok: boolean;
  /** A sentence for people. */
  readonly detail: string;
}

/** All five links in the order of spec/receipt.md. */
export interface Verification {
  readonly ok: boolean;
  readonly links: readonly Link[];
  /** What was proved; there only where every link holds. */
  readonly entry?: Entry;
}

/**
 * Checks a receipt offline; never throws for what strangers send.
 * @param options.space the space it must be of; without it the receipt only proves that it agrees with itself.
 */
export async function verifyReceipt(document: unknown, options: { readonly space?: Hex } = {}): Promise<Verification> {
  const proof = new Proof(document, options.space);
  const steps: Record<Link["name"], () => string | Promise<string>> = {
    space: () => proof.checkSpace(),
    checkpoint: () => proof.checkCheckpoint(),
    inclusion: () => proof.checkInclusion(),
    signature: () => proof.checkSignature(),
    delegation: () => proof.checkDelegation(),
  };
  const links: Link[] = [];
  for (const [name, step] of Object.entries(steps) as [Link["name"], () => string | Promise<string>][]) {
    links.push(links.every((link) => link.ok) ? await check(name, step) : notReached(name));
  }

  const ok = links.every((link) => link.ok);
  return { ok, links, ...(ok && { entry: proof.entry }) };
}

async function check(name: Link["name"], step: () => string | Promise<string>): Promise<Link> {
  try {
    return { name, ok: true, detail: await step() };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { name, ok: false, detail: error.message };
  }
}

function notReached(name: Link["name"]): Link {
  return { name, ok: false, detail: "Not checked, because an earlier link does not hold." };
}
