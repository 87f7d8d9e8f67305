// EIP-712 digests of messages, as spec/messages.md has them.
import { concat, fromHex, utf8 } from "./bytes.js";
import { keccak256 } from "./keccak.js";

const named = (names, type) => names.split(" ").map((name) => [name, type]);

const types = Object.fromEntries([
  ...named("account checkpointKey commitment content factory payoutRoot poll root salt session to transaction", "bytes32"),
  ...named("choice confidence decimals from maximum minimum options sample votes", "uint32"),
  ...named("before chainId deadline expires height nonce size until", "uint64"),
  ...named("amount grant maximumSpend reward total", "uint256"),
  ...named("key opening packed sealingKey vault", "bytes"),
  ["named", "bytes32[]"],
]);

const typeOf = (name) => types[name] ?? "string";

const word = (number) => fromHex("0x" + BigInt(number).toString(16).padStart(64, "0"));

const encode = {
  bytes32: (value) => fromHex(value),
  uint32: word,
  uint64: word,
  uint256: word,
  string: (value) => keccak256(utf8(value)),
  bytes: (value) => keccak256(fromHex(value)),
  "bytes32[]": (value) => keccak256(concat(...value.map(fromHex))),
};

export function structHash(message) {
  const names = Object.keys(message).filter((name) => name !== "type").sort();
  const type = `${message.type}(${names.map((name) => `${typeOf(name)} ${name}`).join(",")})`;
  return keccak256(concat(keccak256(utf8(type)), ...names.map((name) => encode[typeOf(name)](message[name]))));
}

// The domain of a space is that of its first message: a chain and the vault factory there, both zero on Sovereign.
export function digest(space, genesis, message) {
  const domain = keccak256(concat(
    keccak256(utf8("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)")),
    keccak256(utf8("ChainSpace")), keccak256(utf8("1")), word(genesis.chainId),
    fromHex(genesis.factory), space));
  return keccak256(concat(Uint8Array.of(0x19, 0x01), domain, structHash(message)));
}
