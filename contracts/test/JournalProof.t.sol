// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {Anchor} from "../src/interfaces/ISpaceVault.sol";
import {JournalProof} from "../src/libraries/JournalProof.sol";
import {Trees as PayoutTrees} from "../src/libraries/Trees.sol";
import {VaultTest} from "./VaultTest.sol";

/// Trees and proofs made here from RFC 9162 §2.1.1 and §2.1.3.1, which speak of slices; the contract follows §2.1.3.2,
/// which speaks of bits.
contract JournalProofTest is VaultTest {
    function testFuzz_Each_entry_of_each_tree_is_proved(uint8 size, uint8 index) public view {
        bytes32[] memory leaves = entries(within(size, 1, 70));
        uint256 at = within(index, 0, leaves.length - 1);
        bytes32[] memory proof = pathOf(leaves, 0, leaves.length, at);
        isTrue(this.verify(leaves[at], at, leaves.length, proof, rootOf(leaves, 0, leaves.length)), "proved");
    }

    function test_The_trees_of_the_standard() public view {
        bytes32[] memory one = entries(1);
        isTrue(this.verify(one[0], 0, 1, new bytes32[](0), one[0]), "a tree of one");
        bytes32[] memory seven = entries(7);
        for (uint256 i = 0; i < 7; i++) {
            isTrue(
                this.verify(seven[i], i, 7, pathOf(seven, 0, 7, i), rootOf(seven, 0, 7)), "a tree of seven"
            );
        }
    }

    function testFuzz_Nothing_else_is_proved(uint8 size, uint8 index, uint8 other, uint256 flaw) public view {
        bytes32[] memory leaves = entries(within(size, 2, 70));
        uint256 at = within(index, 0, leaves.length - 1);
        bytes32[] memory proof = pathOf(leaves, 0, leaves.length, at);
        bytes32 root = rootOf(leaves, 0, leaves.length);
        uint256 elsewhere = within(other, 0, leaves.length + 5);
        isTrue(
            elsewhere == at || !this.verify(leaves[at], elsewhere, leaves.length, proof, root), "elsewhere"
        );
        isTrue(!this.verify("other", at, leaves.length, proof, root), "another entry");
        isTrue(!this.verify(leaves[at], at, leaves.length, proof, "other"), "another root");
        isTrue(
            !this.verify(leaves[at], at, leaves.length, resized(proof, proof.length + 1), root), "too long"
        );
        isTrue(
            !this.verify(leaves[at], at, leaves.length, resized(proof, proof.length - 1), root), "too short"
        );
        proof[within(flaw, 0, proof.length - 1)] ^= bytes32(uint256(1) << (flaw % 256));
        isTrue(!this.verify(leaves[at], at, leaves.length, proof, root), "another proof");
    }

    function test_An_empty_tree_proves_nothing() public view {
        isTrue(!this.verify("entry", 0, 0, new bytes32[](0), "entry"), "an empty tree");
    }

    function test_A_vault_verifies_against_its_head_alone() public {
        bytes32[] memory leaves = entries(11);
        bytes32[] memory proof = pathOf(leaves, 0, 11, 6);
        Anchor memory head = Anchor(0, 11, uint48(block.timestamp), rootOf(leaves, 0, 11), "payouts");
        vm.prank(operator);
        vault.anchor(11, head.root, "payouts");
        isTrue(vault.verifyEntry(head, leaves[6], 6, proof), "proved");
        isTrue(!vault.verifyEntry(head, leaves[6], 5, proof), "at another index");
        head.payoutRoot = "other";
        isTrue(!vault.verifyEntry(head, leaves[6], 6, proof), "by another head");
    }

    function testFuzz_Payout_proofs_mean_what_OpenZeppelin_says(bytes32 leaf, bytes32[] calldata proof)
        public
        view
    {
        bytes32 root = this.climb(leaf, proof);
        isTrue(this.isIn(root, leaf, proof), "in the root");
        isTrue(!this.isIn(~root, leaf, proof), "in another root");
    }

    function verify(bytes32 leaf, uint256 index, uint256 size, bytes32[] calldata proof, bytes32 root)
        external
        pure
        returns (bool)
    {
        return JournalProof.verify(leaf, index, size, proof, root);
    }

    function climb(bytes32 leaf, bytes32[] calldata proof) external pure returns (bytes32) {
        return MerkleProof.processProofCalldata(proof, leaf);
    }

    function isIn(bytes32 root, bytes32 leaf, bytes32[] calldata proof) external pure returns (bool) {
        return PayoutTrees.isIn(root, leaf, proof);
    }

    function entries(uint256 count) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; i++) {
            leaves[i] = sha256(abi.encodePacked(bytes1(0), "entry", i));
        }
    }

    /// MTH(D[from:to]).
    function rootOf(bytes32[] memory leaves, uint256 from, uint256 to) private pure returns (bytes32) {
        if (to - from == 1) return leaves[from];
        uint256 k = from + split(to - from);
        return sha256(bytes.concat(bytes1(0x01), rootOf(leaves, from, k), rootOf(leaves, k, to)));
    }

    /// PATH(m, D[from:to]), with m counted from zero of the whole tree.
    function pathOf(bytes32[] memory leaves, uint256 from, uint256 to, uint256 m)
        private
        pure
        returns (bytes32[] memory path)
    {
        if (to - from == 1) return new bytes32[](0);
        uint256 k = from + split(to - from);
        bool isLeft = m < k;
        bytes32[] memory inner = isLeft ? pathOf(leaves, from, k, m) : pathOf(leaves, k, to, m);
        path = resized(inner, inner.length + 1);
        path[inner.length] = isLeft ? rootOf(leaves, k, to) : rootOf(leaves, from, k);
    }

    /// The largest power of two below n.
    function split(uint256 n) private pure returns (uint256 k) {
        k = 1;
        while (2 * k < n) {
            k *= 2;
        }
    }

    function resized(bytes32[] memory words, uint256 length) private pure returns (bytes32[] memory copy) {
        copy = new bytes32[](length);
        for (uint256 i = 0; i < length && i < words.length; i++) {
            copy[i] = words[i];
        }
    }
}
