import { existsSync, readFileSync } from "node:fs";
import { invalidEntries, invalidLines, type InvalidLine, signatureVectors, type SignatureVector } from "./invalid.js";
import { accountVectors, goldVectors, messageVectors, type MessageVector, sealedVectors } from "./messages.js";

export const folder = new URL("../../../../../spec/vectors/", import.meta.url);

export interface VectorFile {
  readonly messages: readonly MessageVector[];
  readonly invalidLines: readonly InvalidLine[];
  readonly invalidEntries: readonly { name: string; leaf: string }[];
  readonly signatures: readonly SignatureVector[];
  readonly accounts: readonly object[];
  readonly sealedVotes: readonly object[];
  readonly gold: readonly object[];
}

/** The text of messages.json, made anew. */
export async function make(): Promise<string> {
  const file: VectorFile = {
    messages: await messageVectors(), invalidLines: await invalidLines(), invalidEntries: await invalidEntries(),
    signatures: await signatureVectors(), accounts: accountVectors(), sealedVotes: await sealedVectors(), gold: goldVectors(),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** A file of spec/vectors; null where there is none. */
export function read<T>(name: string): T | null {
  const url = new URL(name, folder);
  return existsSync(url) ? (JSON.parse(readFileSync(url, "utf8")) as T) : null;
}
