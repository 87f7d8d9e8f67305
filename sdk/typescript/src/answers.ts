import { sha256 } from "@noble/hashes/sha2.js";
import { ascii, type Bytes, concat, fromBase64, random, toHex } from "./hex.js";

/** An answer in the voter's own words; see spec/formats.md. */
export type Answer =
  | { readonly text: string }
  | { readonly url: string }
  | { readonly json: unknown }
  | { readonly file: { readonly name: string; readonly type: string; readonly bytes: string } };

/** An answer ready to be sealed: its code, and what travels beside the vote. */
export interface PackedAnswer {
  readonly code: number;
  readonly attachment: Bytes;
}

/**
 * Code and attachment of an answer.
 * @param salt 32 bytes to repeat a known attachment in tests; random ones where left out.
 * @throws RangeError where it is no answer.
 */
export function packAnswer(answer: Answer, salt: Uint8Array = random(32)): PackedAnswer {
  return { code: answerCode(answer), attachment: concat(salt, new TextEncoder().encode(JSON.stringify(answer))) };
}

/** What two answers have in common that count as one: the first 31 bits of the digest of kind and normal form. */
export function answerCode(answer: Answer): number {
  const [kind, normal] = normalFormOf(answer);
  const digest = sha256(concat(ascii(kind), Uint8Array.of(0), normal));
  const code = new DataView(digest.buffer, digest.byteOffset).getUint32(0) >>> 1;
  return code === 0x7fffffff ? code - 1 : code;
}

function normalFormOf(answer: Answer): readonly [string, Uint8Array] {
  const text = new TextEncoder();
  if ("text" in answer) return ["text", text.encode(normalText(answer.text))];
  if ("url" in answer) return ["url", text.encode(normalUrl(answer.url))];
  if ("json" in answer) return ["json", text.encode(normalJson(answer.json))];
  const bytes = fromBase64(answer.file.bytes);
  if (bytes === null) throw new RangeError("The file's bytes are no base64.");
  return ["file", sha256(bytes)];
}

function normalText(text: string): string {
  const lower = Array.from(text, (point) => (point === "\u0130" ? point : point.toLowerCase())).join("");
  const normal = lower.replace(/[ \t\r\n]+/g, " ").replace(/^ /, "").replace(/[ .,;:!?]+$/, "");
  if (normal === "" || text.length > 20_000) throw new RangeError("A text has 1 to 20000 characters.");
  return normal;
}

function normalUrl(url: string): string {
  const parts = /^(https?):\/\/([^/?#@]+)([/?][^#]*)?(?:#.*)?$/i.exec(url);
  if (parts === null || url.length > 2_000 || !/^[!-~]+$/.test(url)) throw new RangeError("This is no http address.");
  const scheme = parts[1]!.toLowerCase();
  const port = scheme === "http" ? ":80" : ":443";
  const host = parts[2]!.toLowerCase();
  const bare = host.endsWith(port) ? host.slice(0, -port.length) : host;
  if (bare === "") throw new RangeError("This is no http address.");
  const path = parts[3] ?? "";
  return `${scheme}://${bare}${path.startsWith("/") ? path : `/${path}`}`;
}

function normalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(normalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${normalJson(member)}`).join(",")}}`;
}

/** Salted hash of an attachment: the salt of the vote's opening. */
export function answerHash(attachment: Uint8Array): `0x${string}` {
  return toHex(sha256(attachment));
}
