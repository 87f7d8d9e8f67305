import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { accountOfKey } from "../../src/accounts.js";
import { ascii, fromHex, type Hex, toHex } from "../../src/hex.js";
import { publicKeyOf, type Signer, type TextSigner, WalletKey } from "../../src/keys.js";
import type { Message } from "../../src/messages.js";
import { digestOf, type Domain } from "../../src/typed-data.js";

/** A key of the vectors: the hash of its name, so that anybody can see that nobody else's is used. */
export interface KnownKey extends Signer {
  readonly kind: "p256" | "wallet";
  readonly privateKey: Hex;
}

export function bytesOf(name: string): Hex {
  return toHex(sha256(ascii(`chainspace vector ${name}`)));
}

export function knownP256(name: string): KnownKey {
  const privateKey = bytesOf(name);
  const publicKey = publicKeyOf(privateKey);
  // RFC 6979, so that the file is the same each time; WebCrypto signs at random.
  const sign = (domain: Domain, message: Message): Promise<Hex> => Promise.resolve(
    toHex(p256.sign(fromHex(digestOf(domain, message)), fromHex(privateKey), { lowS: true, prehash: true })));
  return { kind: "p256", privateKey, publicKey, account: accountOfKey(publicKey), sign };
}

/** The same key, for credentials; RFC 6979 again. */
export function knownTextSigner(name: string): TextSigner {
  const { privateKey, publicKey, account } = knownP256(name);
  const signText = (text: string): Promise<Uint8Array> => Promise.resolve(
    p256.sign(ascii(text), fromHex(privateKey), { lowS: true, prehash: true }));
  return { publicKey, account, signText };
}

export function knownWallet(name: string): KnownKey {
  const privateKey = bytesOf(name);
  const wallet = new WalletKey(privateKey);
  return {
    kind: "wallet", privateKey, publicKey: "0x", account: wallet.account,
    sign: (domain, message) => wallet.sign(domain, message),
  };
}
