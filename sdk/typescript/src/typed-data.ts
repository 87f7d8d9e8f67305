import { keccak_256 } from "@noble/hashes/sha3.js";
import { ascii, concat, fromHex, type Hex, toHex, word } from "./hex.js";
import { type Field, fieldsOf, type Message, type MessageOf } from "./messages.js";

/** The EIP-712 domain of a space: a signature made for one space is worth nothing in another. */
export interface Domain {
  readonly space: Hex;
  /** Chain of the settlement network (EIP-155); 0, the default, on Sovereign. */
  readonly chainId?: number;
  /** The address of the vault factory there, 20 bytes; zero, the default, on Sovereign. */
  readonly factory?: Hex;
}

/** What `eth_signTypedData_v4` takes. */
export interface TypedData {
  readonly types: Readonly<Record<string, readonly Field[] | readonly { name: string; type: string }[]>>;
  readonly primaryType: string;
  readonly domain: {
    readonly name: string;
    readonly version: string;
    /** A number on purpose: wallets compare "0" with their own chain, but let 0 pass. */
    readonly chainId: number;
    readonly verifyingContract: Hex;
    readonly salt: Hex;
  };
  readonly message: Readonly<Record<string, string | readonly string[]>>;
}

const noFactory: Hex = `0x${"00".repeat(20)}`;

const domainFields = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
  { name: "salt", type: "bytes32" },
] as const;

const openingFields = [
  { name: "choice", type: "uint32" },
  { name: "poll", type: "bytes32" },
  { name: "round", type: "uint32" },
  { name: "salt", type: "bytes32" },
  { name: "voter", type: "bytes32" },
] as const;

/** The struct's type in EIP-712 notation, e.g. `Vote(bytes32 account,uint32 choice,…)`. */
export function typeOf(type: Message["type"]): string {
  return encodeType(type, fieldsOf(type));
}

/** The message's id: keccak256(0x19 0x01 ‖ domain separator ‖ hash of the struct). */
export function digestOf(domain: Domain, message: Message): Hex {
  return seal(domain, hashStruct(message.type, fieldsOf(message.type), valuesOf(message)));
}

/** The id of the space that a first entry creates: its struct hash, without a domain. */
export function spaceOf(genesis: MessageOf<"CreateSpace">): Hex {
  return toHex(hashStruct(genesis.type, fieldsOf(genesis.type), valuesOf(genesis)));
}

/** What a sealed vote hides. */
export interface Opening {
  readonly choice: number;
  /** 32 secret random bytes. */
  readonly salt: Hex;
}

/** What a sealed vote commits to; binds space, poll, voter and choice, so a copy is useless to anyone else. */
export function commitmentOf(domain: Domain, poll: Hex, voter: Hex, opening: Opening): Hex {
  const values = { choice: String(opening.choice), poll, round: "0", salt: opening.salt, voter };
  return seal(domain, hashStruct("Opening", openingFields, values));
}

/** The object to hand to a wallet; {@link digestOf} is the hash it signs. */
export function typedDataOf(domain: Domain, message: Message): TypedData {
  return {
    types: { EIP712Domain: domainFields, [message.type]: fieldsOf(message.type) },
    primaryType: message.type,
    domain: {
      name: "ChainSpace",
      version: "1",
      chainId: domain.chainId ?? 0,
      verifyingContract: domain.factory ?? noFactory,
      salt: domain.space,
    },
    message: valuesOf(message),
  };
}

/** The domain of a space by what its first message, or its view, says of the chain; `factory` has 32 bytes there. */
export function domainOf(space: Hex, { chainId, factory }: { readonly chainId: string; readonly factory: Hex }): Domain {
  return { space, chainId: Number(chainId), factory: `0x${factory.slice(-40)}` };
}

type Values = Readonly<Record<string, string | readonly string[]>>;
type AnyField = { readonly name: string; readonly type: string };

function valuesOf({ type, ...values }: Message): Values {
  return Object.fromEntries(fieldsOf(type).map(({ name }) => [name, values[name as keyof typeof values]]));
}

function seal(domain: Domain, structHash: Uint8Array): Hex {
  const values = {
    name: "ChainSpace", version: "1", chainId: String(domain.chainId ?? 0),
    verifyingContract: domain.factory ?? noFactory, salt: domain.space,
  };
  const separator = hashStruct("EIP712Domain", domainFields, values);
  return toHex(keccak_256(concat(Uint8Array.of(0x19, 0x01), separator, structHash)));
}

function encodeType(name: string, fields: readonly AnyField[]): string {
  return `${name}(${fields.map((field) => `${field.type} ${field.name}`).join(",")})`;
}

function hashStruct(name: string, fields: readonly AnyField[], values: Values): Uint8Array {
  const words = fields.map((field) => encode(field.type, values[field.name]!));
  return keccak_256(concat(keccak_256(ascii(encodeType(name, fields))), ...words));
}

function encode(type: string, value: string | readonly string[]): Uint8Array {
  if (typeof value !== "string") return keccak_256(concat(...value.map(fromHex)));
  if (type === "string") return keccak_256(ascii(value));
  if (type === "bytes") return keccak_256(fromHex(value));
  return word(BigInt(value));
}
