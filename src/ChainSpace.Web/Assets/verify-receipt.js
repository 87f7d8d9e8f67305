// The checks of spec/receipt.md, in its order. Each gives { link, state, text }; state is "ok", "failed" or "unchecked".
// It asks nobody: all it uses is in the document, but for the space, index and entry that the reader was shown.
import { concat, fromHex, toHex } from "./bytes.js";
import { isSignedBy, proves, readCheckpoint } from "./journal.js";
import { keccak256 } from "./keccak.js";
import { digest, structHash } from "./typed-data.js";

const halfOrder = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

const scopes = {
  Register: "account", Revoke: "account", PostPoll: "post", CancelPoll: "post", ClosePoll: "post",
  EraseContent: "post", RevealGold: "post",
  Vote: "vote", SealedVote: "vote", OpenVote: "vote",
};

export async function verifyReceipt(receipt, expected) {
  const steps = [
    ["space", checkSpace], ["checkpoint", checkCheckpoint], ["inclusion", checkInclusion], ["signature", checkSignature],
  ];
  // A session key speaks for nobody without a delegation, so its absence is a failure and not one check less.
  if (receipt.delegation || JSON.parse(receipt.entry).signer) steps.push(["delegation", checkDelegation]);

  const findings = [];
  for (const [link, check] of steps) {
    try {
      findings.push({ link, ...(await check(receipt, expected)) });
    } catch (failure) {
      findings.push({ link, ...failed(`It could not be read: ${failure.message}`) });
    }
  }
  return findings;
}

const ok = (text) => ({ state: "ok", text });
const failed = (text) => ({ state: "failed", text });
const unchecked = (text) => ({ state: "unchecked", text });

// A leaf has one spelling only; another one would have another hash than what people read.
function readEntry(text) {
  const entry = JSON.parse(text);
  if (JSON.stringify(entry) !== text) throw new Error("the entry is not in canonical form.");
  return entry;
}

async function checkSpace(receipt, expected) {
  const genesis = readEntry(receipt.genesis.entry).message;
  if (receipt.format !== "chainspace-receipt/v1") return failed("The file is of another format.");
  if (receipt.space !== expected.space) return failed("The file is about another space than this page.");
  if (receipt.genesis.index !== "0" || genesis.type !== "CreateSpace") return failed("It does not begin with a first entry.");
  return toHex(structHash(genesis)) === receipt.space
    ? ok(`The first entry hashes to this space's id.`)
    : failed("The first entry does not hash to this space's id.");
}

async function checkCheckpoint(receipt) {
  const checkpoint = readCheckpoint(receipt.checkpoint);
  const name = `chainspace/${receipt.space.slice(2)}`;
  if (checkpoint.origin !== name) return failed("The checkpoint is of another journal.");

  const isSigned = await isSignedBy(checkpoint, name, fromHex(readEntry(receipt.genesis.entry).message.checkpointKey));
  if (isSigned === null) return unchecked("Your browser knows no Ed25519, so it did not check this signature.");
  return isSigned
    ? ok(`Signed by the space's key, for ${checkpoint.size} entries.`)
    : failed("The space's key did not sign this checkpoint.");
}

async function checkInclusion(receipt, expected) {
  const checkpoint = readCheckpoint(receipt.checkpoint);
  if (receipt.index !== expected.index) return failed("The file is about another entry than this page.");
  if (receipt.entry !== expected.entry) return failed("The file's entry says something else than this page.");
  if (!(await proves(receipt, checkpoint))) return failed("The entry's proof does not lead to the checkpoint's root.");
  if (!(await proves(receipt.genesis, checkpoint))) return failed("The first entry's proof does not lead to the root.");
  return ok(`${receipt.proof.length} hashes lead from the entry to the checkpoint's root.`);
}

async function checkSignature(receipt) {
  const entry = readEntry(receipt.entry);
  return isSigned(receipt, entry, { signer: entry.signer ?? entry.message.account, key: receipt.key });
}

async function checkDelegation(receipt) {
  if (!receipt.delegation) return failed("A session key signed, and nothing lets it speak for the account.");
  const entry = readEntry(receipt.entry);
  const delegation = readEntry(receipt.delegation.entry);
  const said = delegation.message;
  if (said.type !== "Delegate" || said.account !== entry.message.account) return failed("It is no delegation by this account.");
  if (delegation.signer) return failed("A session key cannot delegate.");
  if (accountOf(fromHex(said.key)) !== entry.signer) return failed("It names another key.");
  if (!said.scopes.split(",").includes(scopes[entry.message.type])) return failed("It does not cover such a message.");
  if (BigInt(said.until) < BigInt(entry.moment)) return failed("It had run out.");
  if (BigInt(receipt.delegation.index) >= BigInt(receipt.index)) return failed("It came after the message.");
  if (!(await proves(receipt.delegation, readCheckpoint(receipt.checkpoint)))) return failed("It is not in the journal.");
  return isSigned(receipt, delegation, { signer: said.account, key: receipt.accountKey });
}

async function isSigned(receipt, entry, { signer, key }) {
  if (readEntry(receipt.genesis.entry).message.network !== "sovereign")
    return unchecked("The space settles on a chain; your browser does not know its domain, so it did not check this.");
  if (!signer.startsWith("0x01"))
    return unchecked("A wallet signed. Browsers cannot check its kind of signature; the command line can.");
  if (!key || accountOf(fromHex(key)) !== signer) return failed("The key does not hash to who is said to have signed.");

  const signature = fromHex(entry.signature);
  if (signature.length !== 64 || BigInt(toHex(signature.slice(32))) > halfOrder) return failed("The signature is malformed.");
  const publicKey = await crypto.subtle.importKey(
    "raw", concat(Uint8Array.of(4), fromHex(key)), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const hash = digest(fromHex(receipt.space), readEntry(receipt.genesis.entry).message, entry.message);
  return (await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, publicKey, signature, hash))
    ? ok("The key is the signer's, and it signed exactly this message.")
    : failed("The key did not sign this message.");
}

const accountOf = (key) => toHex(concat(Uint8Array.of(1), keccak256(key).slice(1)));
