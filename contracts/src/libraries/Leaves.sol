// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Score, SuperLeaf} from "../interfaces/IAnchorage.sol";
import {Leaf} from "../interfaces/ISpaceVault.sol";

/// Leaves as OpenZeppelin's StandardMerkleTree hashes them: twice, so that no inner node can pass for a leaf.
library Leaves {
    function hash(Leaf calldata leaf) internal pure returns (bytes32) {
        return _again(keccak256(abi.encode(leaf)));
    }

    function hash(SuperLeaf calldata leaf) internal pure returns (bytes32) {
        return _again(keccak256(abi.encode(leaf)));
    }

    function hash(Score calldata score) internal pure returns (bytes32) {
        return _again(keccak256(abi.encode(score)));
    }

    function _again(bytes32 once) private pure returns (bytes32) {
        return keccak256(abi.encode(once));
    }
}
