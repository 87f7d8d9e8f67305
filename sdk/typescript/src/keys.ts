import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { accountOfAddress, accountOfKey, accountOfWalletKey } from "./accounts.js";
import { ascii, type Bytes, fromHex, type Hex, toHex } from "./hex.js";
import type { Message } from "./messages.js";
import { curve, ecdsa, lowP256, lowWallet, signWithWalletKey } from "./signatures.js";
import { digestOf, type Domain, typedDataOf } from "./typed-data.js";

/** A P-256 key that signs text for others than the journal: credentials, presentations, proofs of a request (ES256). */
export interface TextSigner {
  readonly account: Hex;
  /** x ‖ y. */
  readonly publicKey: Hex;
  /** r ‖ s over the SHA-256 of the text. */
  signText(text: string): Promise<Uint8Array>;
}

/** Whoever signs: a key of this device, or a wallet that shows people what they sign. */
export interface Signer {
  readonly account: Hex;
  /** x ‖ y of a P-256 key; `0x` for a wallet, whose key is recovered from each signature. */
  readonly publicKey: Hex;
  sign(domain: Domain, message: Message): Promise<Hex>;
}

/** A P-256 key held by WebCrypto; the page cannot read it unless it was made extractable. */
export class DeviceKey implements Signer, TextSigner {
  readonly account: Hex;

  private constructor(readonly privateKey: CryptoKey, readonly publicKey: Hex) {
    this.account = accountOfKey(publicKey);
  }

  /** A new random key, not extractable. */
  static async generate(): Promise<DeviceKey> {
    const pair = await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
    return DeviceKey.of(pair);
  }

  /** A pair made elsewhere, or kept in IndexedDB. */
  static async of(pair: CryptoKeyPair): Promise<DeviceKey> {
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    return new DeviceKey(pair.privateKey, toHex(raw.subarray(1)));
  }

  /** The key of 32 bytes; for programs that keep their own secrets. */
  static async fromPrivateKey(privateKey: Hex): Promise<DeviceKey> {
    const publicKey = publicKeyOf(privateKey);
    const jwk = { ...jwkOf(publicKey), d: toBase64Url(fromHex(privateKey)) };
    return new DeviceKey(await crypto.subtle.importKey("jwk", jwk, curve, false, ["sign"]), publicKey);
  }

  async sign(domain: Domain, message: Message): Promise<Hex> {
    const digest = fromHex(digestOf(domain, message));
    return toHex(lowP256(new Uint8Array(await crypto.subtle.sign(ecdsa, this.privateKey, digest))));
  }

  async signText(text: string): Promise<Uint8Array> {
    // 32 bytes could be the digest of a message for a journal.
    if (ascii(text).length <= 32) throw new RangeError("A text to be signed is longer than 32 bytes.");
    return lowP256(new Uint8Array(await crypto.subtle.sign(ecdsa, this.privateKey, ascii(text))));
  }
}

/** A secp256k1 key in this program's memory. */
export class WalletKey implements Signer {
  readonly account: Hex;
  readonly publicKey = "0x";
  readonly #privateKey: Bytes;

  /** @param privateKey 32 bytes; a new random key where left out. */
  constructor(privateKey: Hex = toHex(secp256k1.utils.randomSecretKey())) {
    this.#privateKey = fromHex(privateKey);
    this.account = accountOfWalletKey(secp256k1.getPublicKey(this.#privateKey, false).subarray(1));
  }

  sign(domain: Domain, message: Message): Promise<Hex> {
    return Promise.resolve(toHex(signWithWalletKey(fromHex(digestOf(domain, message)), this.#privateKey)));
  }
}

/** What a browser wallet offers (EIP-1193). */
export interface WalletProvider {
  request(call: { method: string; params?: unknown[] }): Promise<unknown>;
}

/** A wallet of the browser or a phone; it asks its owner at every signature. */
export class BrowserWallet implements Signer {
  readonly account: Hex;
  readonly publicKey = "0x";

  private constructor(private readonly provider: WalletProvider, readonly address: string) {
    this.account = accountOfAddress(address);
  }

  /** Asks the owner to show an address. Rejects with the wallet's own error, code 4001 where the owner says no. */
  static async connect(provider: WalletProvider): Promise<BrowserWallet> {
    const addresses = await provider.request({ method: "eth_requestAccounts" });
    if (!Array.isArray(addresses) || typeof addresses[0] !== "string") throw new TypeError("The wallet showed no address.");
    return new BrowserWallet(provider, addresses[0]);
  }

  async sign(domain: Domain, message: Message): Promise<Hex> {
    const params = [this.address, JSON.stringify(typedDataOf(domain, message))];
    const signature = await this.provider.request({ method: "eth_signTypedData_v4", params });
    return toHex(lowWallet(fromHex(String(signature).toLowerCase())));
  }
}

/** x ‖ y of a P-256 private key. */
export function publicKeyOf(privateKey: Hex): Hex {
  return toHex(p256.getPublicKey(fromHex(privateKey), false).subarray(1));
}

/** A P-256 public key as WebCrypto imports it together with a private part. */
export function jwkOf(publicKey: Hex): JsonWebKey {
  const bytes = fromHex(publicKey);
  return { kty: "EC", crv: "P-256", x: toBase64Url(bytes.subarray(0, 32)), y: toBase64Url(bytes.subarray(32)) };
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
