// node claim.mjs RPC_URL VAULT TREE.json ACCOUNT: claims for a wallet with nothing but the published tree, which is
// what StandardMerkleTree.dump() wrote. The sender is the node's first unlocked account; anybody may claim for anybody.
import { readFileSync } from "node:fs";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { createWalletClient, http, pad, parseAbi, publicActions } from "viem";

const [url, vault, file, account] = process.argv.slice(2);
const abi = parseAbi([
  "struct Leaf { bytes32 account; uint256 claimable; int256 net; }",
  "function claim(Leaf leaf, bytes32[] proof)",
  "function good() view returns (bytes32 payoutRoot, uint48 size, uint48 at)",
]);
const client = createWalletClient({ transport: http(url) }).extend(publicActions);
const tree = StandardMerkleTree.load(JSON.parse(readFileSync(file, "utf8")));
const [root] = await client.readContract({ address: vault, abi, functionName: "good" });
if (root !== tree.root) throw new Error(`The vault pays against ${root}; this tree has ${tree.root}.`);
const [place, leaf] = [...tree.entries()].find(([, values]) => values[0] === pad(account).toLowerCase());
const args = [{ account: leaf[0], claimable: BigInt(leaf[1]), net: BigInt(leaf[2]) }, tree.getProof(place)];
const [sender] = await client.getAddresses();
const hash = await client.writeContract({ account: sender, chain: null, address: vault, abi, functionName: "claim", args });
const { status, gasUsed } = await client.waitForTransactionReceipt({ hash });
console.log(`${status} ${gasUsed}`);
