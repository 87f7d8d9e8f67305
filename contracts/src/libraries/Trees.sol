// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Score, SuperLeaf} from "../interfaces/IAnchorage.sol";
import {Leaf} from "../interfaces/ISpaceVault.sol";

/// Trees as OpenZeppelin's StandardMerkleTree builds them: leaves are hashed twice, so that no inner node can pass for
/// a leaf, and pairs are sorted before they are hashed, so that a proof needs no directions.
library Trees {
    /// Every claim pays for this one, so the words are hashed as they lie in the calldata.
    function hash(Leaf calldata leaf) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let words := mload(0x40)
            calldatacopy(words, leaf, 0x60)
            mstore(0, keccak256(words, 0x60))
            result := keccak256(0, 0x20)
        }
    }

    function hash(SuperLeaf calldata leaf) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(leaf))));
    }

    function hash(Score calldata score) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(score))));
    }

    /// What OpenZeppelin's MerkleProof decides, at half the gas for each level: this loop is most of what a claim
    /// computes. The tests hold the two against each other.
    function isIn(bytes32 root, bytes32 leaf, bytes32[] calldata proof) internal pure returns (bool) {
        bytes32 node = leaf;
        assembly ("memory-safe") {
            let end := add(proof.offset, shl(5, proof.length))
            for { let next := proof.offset } lt(next, end) { next := add(next, 0x20) } {
                let sibling := calldataload(next)
                // The smaller of the two goes to the left, which is at zero; the other to the right, at 32.
                let place := shl(5, lt(sibling, node))
                mstore(place, node)
                mstore(xor(place, 0x20), sibling)
                node := keccak256(0, 0x40)
            }
        }
        return node == root;
    }
}
