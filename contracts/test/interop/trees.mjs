// Reads payout trees as lines of JSON, [[account, claimable, net], …], and answers each with its root and, for every
// leaf, its proof: what OpenZeppelin's library makes of them. Other implementations compare themselves with it.
import { createInterface } from "node:readline";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

for await (const line of createInterface({ input: process.stdin })) {
  const leaves = JSON.parse(line);
  const tree = StandardMerkleTree.of(leaves, ["bytes32", "uint256", "int256"]);
  console.log(JSON.stringify({ root: tree.root, proofs: leaves.map((_, i) => tree.getProof(i)) }));
}
