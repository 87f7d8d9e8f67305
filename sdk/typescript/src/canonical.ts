import { ascii, type Bytes, fromBase64, type Hex, isHex, toBase64 } from "./hex.js";
import { faultOf, fieldsOf, isDecimal, isMessageType, type Message } from "./messages.js";

/** Longest line, attachment included, in bytes. */
export const sizeLimit = 65_536;

/** A signed message as it travels. */
export interface Envelope {
  readonly message: Message;
  readonly signature: Hex;
  /** The session key that signed, where it is not the account's own. */
  readonly signer?: Hex;
  /** Content that the message refers to by hash; never enters the journal. */
  readonly attachment?: Uint8Array;
}

/** A signed message with the moment the node stamped; its bytes are the journal's leaf. */
export interface Entry extends Omit<Envelope, "attachment"> {
  readonly moment: string;
}

export type WireFaultKind = "malformed" | "not_canonical" | "too_large" | "unknown_type";

/** Why a line is no message. */
export class WireFault extends Error {
  override readonly name = "WireFault";

  constructor(readonly kind: WireFaultKind, readonly member = "") {
    super(member === "" ? kind : `${kind}: ${member}`);
  }
}

/** RFC 8785 JSON of a message. Every value is a string that needs no escape, so sorting members is all there is to do. */
export function writeMessage(message: Message): string {
  const fault = faultOf(message);
  if (fault !== null) throw new WireFault("not_canonical", fault);
  const names = [...fieldsOf(message.type).map((field) => field.name), "type"].sort();
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, message[name as keyof Message]])));
}

/** The line to send. */
export function writeEnvelope(envelope: Envelope): string {
  const { attachment } = envelope;
  const start = attachment?.length ? `"attachment":"${toBase64(attachment)}",` : "";
  return `{${start}"message":${writeMessage(envelope.message)},${writeSignature(envelope)}}`;
}

/** The journal's leaf. */
export function writeEntry(entry: Entry): string {
  return `{"message":${writeMessage(entry.message)},"moment":"${entry.moment}",${writeSignature(entry)}}`;
}

/**
 * Reads what {@link writeEnvelope} wrote and nothing else.
 * @throws WireFault
 */
export function readEnvelope(line: string): Envelope {
  if (ascii(line).length > sizeLimit) throw new WireFault("too_large");
  const { attachment, ...signed } = parse(line);
  const { message, signature, signer } = readSigned(signed);
  const content = attachment === undefined ? undefined : readAttachment(attachment);
  const envelope = { ...(content && { attachment: content }), message, signature, ...(signer && { signer }) };
  if (writeEnvelope(envelope) !== line) throw new WireFault("not_canonical");
  return envelope;
}

/**
 * Reads a journal's leaf and nothing else.
 * @throws WireFault
 */
export function readEntry(leaf: string): Entry {
  const { moment, ...signed } = parse(leaf);
  const entry = { ...readSigned(signed), moment: String(moment) };
  if (!isDecimal(moment, 63)) throw new WireFault("not_canonical", "moment");
  if (writeEntry(entry) !== leaf) throw new WireFault("not_canonical");
  return entry;
}

type Parsed = Readonly<Record<string, unknown>>;

function parse(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new WireFault("malformed");
  }

  return isObject(value) ? value : {};
}

function readSigned({ message, signature, signer, ...others }: Parsed): Omit<Envelope, "attachment"> {
  if (!isObject(message)) throw new WireFault("not_canonical", "message");
  const { type } = message;
  if (typeof type !== "string") throw new WireFault("not_canonical", "type");
  if (!isMessageType(type)) throw new WireFault("unknown_type", type);
  const fault = faultOf({ ...message, type });
  if (fault !== null) throw new WireFault("not_canonical", fault);
  const read = message as unknown as Message;
  if (!isHex(signature, 64) && !isHex(signature, 65)) throw new WireFault("not_canonical", "signature");
  const isNamed = signer !== undefined;
  if (isNamed && (!isHex(signer, 32) || signer === read.account)) throw new WireFault("not_canonical", "signer");
  const [other] = Object.keys(others);
  if (other !== undefined) throw new WireFault("not_canonical", other);
  return { message: read, signature, ...(isNamed && { signer: signer as Hex }) };
}

function readAttachment(attachment: unknown): Bytes {
  const bytes = typeof attachment === "string" ? fromBase64(attachment) : null;
  if (bytes === null || bytes.length === 0) throw new WireFault("not_canonical", "attachment");
  return bytes;
}

function writeSignature({ message, signature, signer }: Omit<Envelope, "attachment">): string {
  const isOther = signer !== undefined && signer !== message.account;
  return `"signature":"${signature}"${isOther ? `,"signer":"${signer}"` : ""}`;
}

function isObject(value: unknown): value is Parsed {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
