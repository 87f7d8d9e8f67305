import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { accountOfKey } from "./accounts.js";
import { type Hex, toHex } from "./hex.js";

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
type JsonObject = { readonly [member: string]: Json };

/** Why a presentation is worth nothing; the words of spec/credentials.md. */
export type CredentialFault =
  | "malformed" | "wrong_issuer" | "expired" | "not_bound" | "wrong_audience" | "wrong_nonce" | "not_fresh";

/** What a presentation states, once it has been checked. */
export interface StatedAttributes {
  readonly issuer: string;
  readonly holder: string;
  readonly isSelfStated: boolean;
  readonly attributes: { readonly [name: string]: Json };
}

/** To whom a presentation must be addressed, in answer to what, and when it is looked at (milliseconds). */
export interface Expected {
  readonly audience: string;
  readonly nonce: string;
  readonly now: number;
}

const kind = "https://chainspace.dev/credentials/attributes/v1";
const own = ["iss", "iat", "exp", "vct", "cnf"];
const minutes = 5 * 60 * 1000;
const year = 366 * 24 * 60 * 60 * 1000;

/** Checks a presentation of attributes (spec/credentials.md) without asking anybody. */
export function checkPresentation(text: string, expected: Expected): StatedAttributes | CredentialFault {
  const parts = text.length <= 32_768 ? text.split("~") : [];
  const issued = readJws(parts[0] ?? "");
  if (parts.length < 2 || parts.length > 130 || issued === null) return "malformed";
  const claims = disclosed(issued.payload, parts.slice(1, -1));
  const credential = claims === null ? null : readCredential(issued, claims);
  if (credential === null) return "malformed";
  const { issuer, holder, attributes } = credential;
  if (accountOfKey(toHex(issuer.slice(1)) as Hex) !== claims!.iss || !isSigned(issued, issuer)) return "wrong_issuer";
  const [from, until] = [Number(claims!.iat) * 1000, Number(claims!.exp) * 1000];
  if (expected.now >= until || from > expected.now + minutes || until - from > year) return "expired";
  const fault = checkBinding(parts, holder, expected);
  if (fault !== null) return fault;
  const [by, of] = [issuer, holder].map((key) => accountOfKey(toHex(key.slice(1)) as Hex)) as [Hex, Hex];
  return { issuer: by, holder: of, isSelfStated: by === of, attributes };
}

function checkBinding(parts: readonly string[], holder: Uint8Array, expected: Expected): CredentialFault | null {
  const binding = readJws(parts.at(-1)!);
  if (binding === null || binding.header.typ !== "kb+jwt") return parts.at(-1) === "" ? "not_bound" : "malformed";
  const { aud, nonce, iat, sd_hash } = binding.payload;
  if (aud !== expected.audience) return "wrong_audience";
  if (nonce !== expected.nonce) return "wrong_nonce";
  if (!isMoment(iat) || Math.abs(iat * 1000 - expected.now) > minutes) return "not_fresh";
  const shown = `${parts.slice(0, -1).join("~")}~`;
  return sd_hash === digestOf(shown) && isSigned(binding, holder) ? null : "not_bound";
}

interface Jws {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  readonly input: string;
  readonly signature: Uint8Array;
}

function readJws(text: string): Jws | null {
  const parts = text.length <= 16_384 ? text.split(".") : [];
  const [header, payload] = parts.slice(0, 2).map(readObject);
  const signature = decode(parts[2] ?? "");
  if (parts.length !== 3 || !header || !payload || signature?.length !== 64) return null;
  if (header.alg !== "ES256" || "crit" in header) return null;
  return { header, payload, input: `${parts[0]}.${parts[1]}`, signature };
}

function isSigned({ input, signature }: Jws, key: Uint8Array): boolean {
  return p256.verify(signature, new TextEncoder().encode(input), key, { lowS: false });
}

function readCredential(issued: Jws, claims: JsonObject) {
  const issuer = keyOf(issued.header.jwk), holder = keyOf((claims.cnf as JsonObject | undefined)?.jwk);
  if (issued.header.typ !== "dc+sd-jwt" || claims.vct !== kind || issuer === null || holder === null) return null;
  if (typeof claims.iss !== "string" || !isMoment(claims.iat) || !isMoment(claims.exp)) return null;
  const attributes = Object.fromEntries(Object.entries(claims).filter(([name]) => !own.includes(name)));
  const areNames = Object.keys(attributes).every((name) => /^[a-z0-9-]{1,32}$/.test(name));
  return areNames && Object.values(attributes).every(isValue) ? { issuer, holder, attributes } : null;
}

/** The payload with each disclosed claim at the place of its digest; attributes are flat, so there is only one place. */
function disclosed(payload: JsonObject, texts: readonly string[]): JsonObject | null {
  const { _sd: digests = [], _sd_alg: algorithm = "sha-256", ...claims } = payload;
  if (algorithm !== "sha-256" || !Array.isArray(digests) || new Set(digests).size !== digests.length) return null;
  const all: Record<string, Json> = { ...claims };
  const seen = new Set<string>();
  for (const text of texts) {
    const list = readJson(text);
    if (!Array.isArray(list) || list.length !== 3 || typeof list[0] !== "string") return null;
    const [, name, value] = list as [string, Json, Json];
    const digest = digestOf(text);
    if (typeof name !== "string" || name === "_sd" || name === "..." || Object.hasOwn(all, name)) return null;
    if (!digests.includes(digest) || seen.has(digest)) return null;
    seen.add(digest);
    all[name] = value;
  }

  return all;
}

function keyOf(jwk: Json | undefined): Uint8Array | null {
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk)) return null;
  const { kty, crv, x, y } = jwk as JsonObject;
  const [first, second] = [x, y].map((part) => (typeof part === "string" ? decode(part) : null));
  if (kty !== "EC" || crv !== "P-256" || first?.length !== 32 || second?.length !== 32) return null;
  const key = Uint8Array.of(4, ...first, ...second);
  try {
    p256.Point.fromBytes(key).assertValidity();
    return key;
  } catch {
    return null;
  }
}

function isMoment(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 253_402_300_800;
}

function isValue(value: Json): boolean {
  const isText = (each: Json) => typeof each === "string" && each.length > 0 && each.length <= 64;
  if (Array.isArray(value)) return value.length > 0 && value.length <= 32 && value.every(isText);
  return isText(value) || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

function digestOf(text: string): string {
  return encode(sha256(new TextEncoder().encode(text)));
}

function readObject(text: string): JsonObject | null {
  const json = readJson(text);
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as JsonObject) : null;
}

function readJson(text: string): Json | undefined {
  const bytes = decode(text);
  if (bytes === null) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}

/** Base64url without padding in its one spelling; null for any other. */
function decode(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  try {
    const bytes = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
    return encode(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
