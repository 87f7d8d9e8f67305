import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { concat, fromHex, type Hex, toHex, toNumber, word } from "../../src/hex.js";
import { bytesOf } from "./keys.js";
import { type MessageVector, messageVectors, session, voter, wallet } from "./messages.js";

export interface InvalidLine {
  readonly name: string;
  readonly line: string;
  /** Spaces to put behind the line. */
  readonly padding?: number;
  readonly fault: "malformed" | "not_canonical" | "unknown_type" | "too_large";
}

export interface SignatureVector {
  readonly name: string;
  readonly signer: Hex;
  /** What is known of the signer's key; empty where it was never shown. */
  readonly publicKey: Hex;
  readonly digest: Hex;
  readonly signature: Hex;
  readonly answer: "valid" | "wrong_length" | "high_s" | "unknown_key" | "forged";
}

type Change = readonly [name: string, from: string | RegExp, to: string];

const overlong = `"attributes":"${"a".repeat(513)}"`;

const voteChanges: readonly Change[] = [
  ["members in another order", /"account":("[^"]*"),"choice":("[^"]*")/, '"choice":$2,"account":$1'],
  ["type first", /"account":("[^"]*"),(.*),"type":"Vote"/, '"type":"Vote","account":$1,$2'],
  ["white space after a colon", '"choice":', '"choice": '],
  ["white space after a comma", ',"choice"', ', "choice"'],
  ["white space before the line", /^/, " "],
  ["a line feed behind the line", /$/, "\n"],
  ["an extra member", '"nonce":', '"memo":"","nonce":'],
  ["an extra member behind the others", '"type":"Vote"', '"type":"Vote","zeal":"1"'],
  ["an extra member of the envelope", /}$/, ',"tip":"1"}'],
  ["a missing member", /"choice":"[^"]*",/, ""],
  ["a duplicate member", '"choice":"2"', '"choice":"2","choice":"2"'],
  ["a missing message", /"message":\{[^}]*\},/, ""],
  ["a missing signature", /,"signature":"[^"]*"/, ""],
  ["a number not in quotes", '"choice":"2"', '"choice":2'],
  ["null for a value", '"choice":"2"', '"choice":null'],
  ["an empty number", '"choice":"2"', '"choice":""'],
  ["a leading zero", '"choice":"2"', '"choice":"02"'],
  ["a sign", '"choice":"2"', '"choice":"+2"'],
  ["a negative number", '"choice":"2"', '"choice":"-2"'],
  ["a negative zero", '"choice":"2"', '"choice":"-0"'],
  ["a fraction", '"choice":"2"', '"choice":"2.0"'],
  ["an exponent", '"choice":"2"', '"choice":"2e0"'],
  ["a uint32 out of range", '"choice":"2"', '"choice":"4294967296"'],
  ["a uint64 out of range", '"nonce":"17"', '"nonce":"18446744073709551616"'],
  ["a time out of range", /"expires":"[^"]*"/, '"expires":"9223372036854775808"'],
  ["an id one digit short", /"poll":"0x./, '"poll":"0x'],
  ["an id without 0x", /"poll":"0x/, '"poll":"'],
  ["an upper-case 0X", /"poll":"0x/, '"poll":"0X'],
  ["an upper-case digit in an id", /"account":"0x../, '"account":"0xAB'],
  ["a letter that is no digit", /"poll":"0x./, '"poll":"0xg'],
  ["an escaped character", /"poll":"0x/, '"poll":"\\u0030x'],
  ["an escaped member", '"choice":', '"cho\\u0069ce":'],
  ["a type in lower case", '"type":"Vote"', '"type":"vote"'],
  ["a type nobody knows", '"type":"Vote"', '"type":"Veto"'],
  ["a type of Object", '"type":"Vote"', '"type":"constructor"'],
  ["no type", ',"type":"Vote"', ""],
  ["a type that is no text", '"type":"Vote"', '"type":["Vote"]'],
  ["an upper-case digit in a signature", /"signature":"0x../, '"signature":"0xAB'],
  ["a signature of 63 bytes", /..(?="}$)/, ""],
  ["a signature of 66 bytes", /(?="}$)/, "0000"],
  ["an empty signature", /"signature":"0x[^"]*"/, '"signature":"0x"'],
  ["a signer equal to the account", /"account":"([^"]*)"(.*)}$/, '"account":"$1"$2,"signer":"$1"}'],
  ["a signer that is no id", /}$/, ',"signer":"0x01"}'],
  ["a signer before the signature", /,"signature":("[^"]*")/, `,"signer":"${session.account}","signature":$1`],
  ["a moment in an envelope", ',"signature"', ',"moment":"1","signature"'],
  ["a last brace too few", /}$/, ""],
  ["a brace too many", /$/, "}"],
  ["a quotation mark too few", '"choice":"2"', '"choice":"2'],
  ["a trailing comma", /}$/, ",}"],
  ["single quotes", '"choice":"2"', "'choice':'2'"],
  ["a comment", /$/, "/**/"],
];

const registerChanges: readonly Change[] = [
  ["a character outside ASCII", /"attributes":"[^"]*"/, '"attributes":"köln"'],
  ["a delete character", /"attributes":"[^"]*"/, '"attributes":"\u007f"'],
  ["a control character", /"attributes":"[^"]*"/, '"attributes":"a\tb"'],
  ["an escaped quotation mark", /"attributes":"[^"]*"/, '"attributes":"a\\"b"'],
  ["an escaped slash", /"attributes":"[^"]*"/, '"attributes":"a\\/b"'],
  ["a text that is too long", /"attributes":"[^"]*"/, overlong],
  ["bytes of half a digit pair", /"key":"0x./, '"key":"0x'],
  ["a key that is too long", /"key":"0x/, '"key":"0x00'],
];

const postPollChanges: readonly Change[] = [
  ["an amount out of range", /"reward":"[^"]*"/, '"reward":"340282366920938463463374607431768211456"'],
  ["a list with a trailing comma", /"named":\[([^\]]*)\]/, '"named":[$1,]'],
  ["a list with white space", /"named":\[([^,\]]*),/, '"named":[$1, '],
  ["a text for a list", /"named":\[[^\]]*\]/, '"named":""'],
  ["a list of numbers", /"named":\[[^\]]*\]/, '"named":[1]'],
];

const attachmentChanges: readonly Change[] = [
  ["base64 without padding", /"attachment":"([^"=]*)=+"/, '"attachment":"$1"'],
  ["base64 for URLs", /"attachment":"..../, '"attachment":"_-_-'],
  ["base64 with white space", /"attachment":"(....)/, '"attachment":"$1 '],
  ["base64 with stray bits", /"attachment":"[^"]*"/, '"attachment":"AB=="'],
  ["an empty attachment", /"attachment":"[^"]*"/, '"attachment":""'],
  ["an attachment behind the message", /\{("attachment":"[^"]*"),(.*)}$/, "{$2,$1}"],
];

const entryChanges: readonly Change[] = [
  ["no moment", /,"moment":"[^"]*"/, ""],
  ["a leading zero", /"moment":"/, '"moment":"0'],
  ["a negative moment", /"moment":"/, '"moment":"-'],
  ["a negative zero", /"moment":"[^"]*"/, '"moment":"-0"'],
  ["a sign", /"moment":"/, '"moment":"+'],
  ["a moment out of range", /"moment":"[^"]*"/, '"moment":"9223372036854775808"'],
  ["a moment not in quotes", /"moment":"([^"]*)"/, '"moment":$1'],
  ["a moment behind the signature", /,("moment":"[^"]*"),("signature":"[^"]*")/, ",$2,$1"],
  ["an attachment", /^\{/, '{"attachment":"AA==",'],
  ["white space behind", /$/, " "],
];

const malformed = new Set([
  "a last brace too few", "a brace too many", "a quotation mark too few", "a trailing comma", "single quotes", "a comment",
  "a control character", "a list with a trailing comma",
]);
const unknown = new Set(["a type in lower case", "a type nobody knows", "a type of Object"]);

export async function invalidLines(): Promise<InvalidLine[]> {
  const vectors = await messageVectors();
  const of = (name: string): string => vectorOf(vectors, name).envelope;
  const vote = of("Vote");
  return [
    { name: "nothing", line: "", fault: "malformed" },
    { name: "no JSON", line: "hello", fault: "malformed" },
    { name: "two values", line: "{}{}", fault: "malformed" },
    { name: "an empty object", line: "{}", fault: "not_canonical" },
    { name: "a list", line: "[]", fault: "not_canonical" },
    { name: "null", line: "null", fault: "not_canonical" },
    ...changed(vote, voteChanges), ...changed(of("Register with a P-256 key"), registerChanges),
    ...changed(of("PostPoll with the largest numbers and named voters"), postPollChanges),
    ...changed(of("PostPoll with its content"), attachmentChanges),
    { name: "as long as a line may be", line: vote, padding: 65_536 - vote.length, fault: "not_canonical" },
    { name: "a byte longer", line: vote, padding: 65_537 - vote.length, fault: "too_large" },
  ];
}

/** Leaves that are no entries; which fault they have does not matter to anyone. */
export async function invalidEntries(): Promise<{ name: string; leaf: string }[]> {
  const { entry, envelope } = vectorOf(await messageVectors(), "Vote");
  const cases = changed(entry, entryChanges).map(({ name, line }) => ({ name, leaf: line }));
  return [...cases, { name: "an envelope", leaf: envelope }];
}

export async function signatureVectors(): Promise<SignatureVector[]> {
  const vectors = await messageVectors();
  const { digest, envelope } = vectorOf(vectors, "Vote");
  const other = vectorOf(vectors, "Vote of a wallet");
  const p256Case = { signer: voter.account, publicKey: voter.publicKey, digest, signature: signatureIn(envelope) };
  const signature = signatureIn(other.envelope);
  const walletCase = { signer: wallet.account, publicKey: "0x" as Hex, digest: other.digest, signature };
  const walletHighS = highS(signature, secp256k1.Point.Fn.ORDER);
  const none: Hex = `0x${"00".repeat(32)}`;
  return [
    { name: "P-256", ...p256Case, answer: "valid" },
    { name: "P-256 over another digest", ...p256Case, digest: none, answer: "forged" },
    { name: "P-256 with high s", ...p256Case, signature: highS(p256Case.signature, p256.Point.Fn.ORDER), answer: "high_s" },
    { name: "P-256 with s of zero", ...p256Case, signature: zeroS(p256Case.signature), answer: "forged" },
    { name: "P-256 with a byte more", ...p256Case, signature: `${p256Case.signature}1b`, answer: "wrong_length" },
    { name: "P-256 of an unknown key", ...p256Case, publicKey: "0x", answer: "unknown_key" },
    { name: "P-256 of another account", ...p256Case, signer: session.account, publicKey: session.publicKey, answer: "forged" },
    { name: "wallet", ...walletCase, answer: "valid" },
    { name: "wallet over another digest", ...walletCase, digest: none, answer: "forged" },
    { name: "wallet with high s", ...walletCase, signature: walletHighS, answer: "high_s" },
    { name: "wallet with s of zero", ...walletCase, signature: zeroS(walletCase.signature), answer: "forged" },
    { name: "wallet with r of zero", ...walletCase, signature: `0x${"00".repeat(32)}${signature.slice(66)}`, answer: "forged" },
    { name: "wallet with a recovery of 0", ...walletCase, signature: `${signature.slice(0, -2)}00` as Hex, answer: "forged" },
    { name: "wallet with the other recovery", ...walletCase, signature: otherRecovery(walletCase.signature), answer: "forged" },
    { name: "wallet with a byte less", ...walletCase, signature: signature.slice(0, -2) as Hex, answer: "wrong_length" },
    { name: "an account of no known kind", ...p256Case, signer: `0x02${bytesOf("kind").slice(4)}`, answer: "unknown_key" },
  ];
}

function changed(text: string, changes: readonly Change[]): InvalidLine[] {
  return changes.map(([name, from, to]) => {
    const line = text.replace(from, to);
    if (line === text) throw new Error(`Nothing changed: ${name}`);
    const fault = malformed.has(name) ? "malformed" : unknown.has(name) ? "unknown_type" : "not_canonical";
    return { name, line, fault };
  });
}

function vectorOf(vectors: readonly MessageVector[], name: string): MessageVector {
  const found = vectors.find((vector) => vector.name === name);
  if (!found) throw new Error(`No vector is named ${name}.`);
  return found;
}

function signatureIn(envelope: string): Hex {
  return (JSON.parse(envelope) as { signature: Hex }).signature;
}

function highS(signature: Hex, order: bigint): Hex {
  const bytes = fromHex(signature);
  const s = word(order - toNumber(bytes.subarray(32, 64)));
  return toHex(concat(bytes.subarray(0, 32), s, bytes.subarray(64)));
}

function zeroS(signature: Hex): Hex {
  return `${signature.slice(0, 66)}${"00".repeat(32)}${signature.slice(130)}` as Hex;
}

function otherRecovery(signature: Hex): Hex {
  return `${signature.slice(0, -2)}${signature.endsWith("1b") ? "1c" : "1b"}` as Hex;
}
