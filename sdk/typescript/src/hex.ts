/** Bytes as `0x` and lower-case digits, the only spelling the wire form knows. */
export type Hex = `0x${string}`;

/** Bytes that WebCrypto takes: never over shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

const spelling = /^0x(?:[0-9a-f]{2})*$/;

/** True for the one spelling of some bytes; of exactly `size` bytes where a size is given. */
export function isHex(text: unknown, size?: number): text is Hex {
  return typeof text === "string" && spelling.test(text) && (size === undefined || text.length === 2 + 2 * size);
}

export function toHex(bytes: Uint8Array): Hex {
  let text = "0x";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text as Hex;
}

/** @throws TypeError for any other spelling. */
export function fromHex(text: string): Bytes {
  if (!isHex(text)) throw new TypeError(`Not lower-case hexadecimal: ${text.slice(0, 80)}`);
  const bytes = new Uint8Array((text.length - 2) / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 + 2 * i, 4 + 2 * i), 16);
  return bytes;
}

export function concat(...parts: Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

/** The 32 bytes of a number, big-endian. */
export function word(value: bigint): Bytes {
  return fromHex(`0x${value.toString(16).padStart(64, "0")}`);
}

export function toNumber(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(toHex(bytes));
}

export function ascii(text: string): Bytes {
  return new TextEncoder().encode(text);
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Null for anything but the one standard spelling with padding, whose spare bits are zero. */
export function fromBase64(text: string): Bytes | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : null;
}

export function random(size: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(size));
}
