// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Score, SuperLeaf} from "../src/interfaces/IAnchorage.sol";
import {Leaf} from "../src/interfaces/ISpaceVault.sol";

/// Merkle trees in the layout of OpenZeppelin's StandardMerkleTree (node i above 2i + 1 and 2i + 2, leaves last),
/// written anew from its description: what the contracts accept is checked against a second author.
library Trees {
    function hashOf(Leaf memory leaf) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(leaf.account, leaf.claimable, leaf.net))));
    }

    function hashOf(SuperLeaf memory leaf) internal pure returns (bytes32) {
        bytes memory words =
            abi.encode(leaf.space, leaf.size, leaf.root, leaf.payoutRoot, leaf.reputationRoot);
        return keccak256(bytes.concat(keccak256(words)));
    }

    function hashOf(Score memory score) internal pure returns (bytes32) {
        bytes memory words = abi.encode(score.account, score.category, score.score, score.bound, score.count);
        return keccak256(bytes.concat(keccak256(words)));
    }

    function grow(Leaf[] memory leaves) internal pure returns (bytes32[] memory) {
        bytes32[] memory hashes = new bytes32[](leaves.length);
        for (uint256 i = 0; i < leaves.length; i++) {
            hashes[i] = hashOf(leaves[i]);
        }
        return grow(hashes);
    }

    /// Leaf i stands at 2n − 2 − i. The root of no leaves is zero.
    function grow(bytes32[] memory hashes) internal pure returns (bytes32[] memory nodes) {
        if (hashes.length == 0) return new bytes32[](1);
        nodes = new bytes32[](2 * hashes.length - 1);
        for (uint256 i = 0; i < hashes.length; i++) {
            nodes[nodes.length - 1 - i] = hashes[i];
        }
        for (uint256 i = hashes.length - 1; i > 0; i--) {
            (bytes32 a, bytes32 b) = (nodes[2 * i - 1], nodes[2 * i]);
            nodes[i - 1] = a < b ? keccak256(bytes.concat(a, b)) : keccak256(bytes.concat(b, a));
        }
    }

    function proofOf(bytes32[] memory nodes, uint256 leaf) internal pure returns (bytes32[] memory proof) {
        uint256 depth = 0;
        for (uint256 i = nodes.length - 1 - leaf; i > 0; i = (i - 1) / 2) {
            depth++;
        }
        proof = new bytes32[](depth);
        depth = 0;
        for (uint256 i = nodes.length - 1 - leaf; i > 0; i = (i - 1) / 2) {
            proof[depth++] = nodes[i % 2 == 0 ? i - 1 : i + 1];
        }
    }

    /// For ascending leaves. Walks up level by level: a node whose sibling is next in the queue needs no proof.
    function proofOf(bytes32[] memory nodes, uint256[] memory leaves)
        internal
        pure
        returns (bytes32[] memory proof, bool[] memory flags)
    {
        uint256[] memory queue = new uint256[](nodes.length + leaves.length);
        (bytes32[] memory words, bool[] memory bits) = (new bytes32[](nodes.length), new bool[](nodes.length));
        uint256 tail = 0;
        for (uint256 i = 0; i < leaves.length; i++) {
            queue[tail++] = nodes.length - 1 - leaves[i];
        }
        (uint256 head, uint256 wordCount, uint256 bitCount) = (0, 0, 0);
        while (queue[head] > 0) {
            uint256 node = queue[head++];
            uint256 sibling = node % 2 == 0 ? node - 1 : node + 1;
            bool isNext = head < tail && queue[head] == sibling;
            bits[bitCount++] = isNext;
            if (isNext) head++;
            else words[wordCount++] = nodes[sibling];
            queue[tail++] = (node - 1) / 2;
        }
        (proof, flags) = (words, bits);
        assembly ("memory-safe") {
            mstore(proof, wordCount)
            mstore(flags, bitCount)
        }
    }
}
