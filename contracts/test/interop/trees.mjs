// Reads payout trees as lines of JSON, [[account, claimable, net], …], and answers each with its root, a proof for every
// leaf and one for every other leaf together: what OpenZeppelin's library makes of them, for others to compare with.
import { createInterface } from "node:readline";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

for await (const line of createInterface({ input: process.stdin })) {
  const leaves = JSON.parse(line);
  const tree = StandardMerkleTree.of(leaves, ["bytes32", "uint256", "int256"]);
  const { leaves: order, proof, proofFlags } = tree.getMultiProof(leaves.map((_, i) => i).filter((i) => i % 2 === 0));
  const many = { accounts: order.map(([account]) => account), proof, flags: proofFlags };
  console.log(JSON.stringify({ root: tree.root, proofs: leaves.map((_, i) => tree.getProof(i)), many }));
}
