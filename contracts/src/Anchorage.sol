// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAnchorage, Score, SuperLeaf} from "./interfaces/IAnchorage.sol";
import {Trees} from "./libraries/Trees.sol";

/// One slot for each operator, and the proofs against it.
contract Anchorage is IAnchorage {
    /// @inheritdoc IAnchorage
    mapping(address operator => bytes32) public head;

    /// @inheritdoc IAnchorage
    function anchor(bytes32 superRoot) external {
        head[msg.sender] = keccak256(abi.encode(head[msg.sender], superRoot));
        emit SuperAnchored(msg.sender, superRoot);
    }

    /// @inheritdoc IAnchorage
    function verify(
        address operator,
        bytes32 previousHead,
        bytes32 superRoot,
        SuperLeaf calldata leaf,
        bytes32[] calldata proof
    ) public view returns (bool) {
        return head[operator] == keccak256(abi.encode(previousHead, superRoot))
            && Trees.isIn(superRoot, Trees.hash(leaf), proof);
    }

    /// @inheritdoc IAnchorage
    function verifyScore(
        address operator,
        bytes32 previousHead,
        bytes32 superRoot,
        SuperLeaf calldata leaf,
        bytes32[] calldata proof,
        Score calldata score,
        bytes32[] calldata scoreProof
    ) external view returns (bool) {
        return verify(operator, previousHead, superRoot, leaf, proof)
            && Trees.isIn(leaf.reputationRoot, Trees.hash(score), scoreProof);
    }
}
