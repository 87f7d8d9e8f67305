// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAnchorage, SuperLeaf} from "../interfaces/IAnchorage.sol";
import {Anchor, ISpaceVault} from "../interfaces/ISpaceVault.sol";
import {JournalProof} from "../libraries/JournalProof.sol";
import {VaultTerms} from "./VaultTerms.sol";

/// The head of the journal, in one slot: 26 bytes that commit to this anchor and all before it, 6 bytes of size.
abstract contract Anchors is VaultTerms {
    error NotTheOperator(address sender);
    error SizeNotAbove(uint256 size, uint256 current);
    error OtherSpace(bytes32 space);
    error NotInSuperRoot(bytes32 superRoot);

    /// As a size it says that the space has ended: no size is above it, so an anchor needs no look at a second slot.
    uint48 private constant ENDED = type(uint48).max;

    bytes32 private _head;

    /// @inheritdoc ISpaceVault
    function anchor(uint48 size, bytes32 root, bytes32 payoutRoot) external {
        _requireOperator();
        _anchor(size, root, payoutRoot);
    }

    /// @inheritdoc ISpaceVault
    function adopt(SuperLeaf calldata leaf, bytes32 previousHead, bytes32 superRoot, bytes32[] calldata proof)
        external
    {
        if (leaf.space != space) revert OtherSpace(leaf.space);
        bool isIn = _anchorage != address(0)
            && IAnchorage(_anchorage).verify(_operator, previousHead, superRoot, leaf, proof);
        if (!isIn) revert NotInSuperRoot(superRoot);
        _anchor(leaf.size, leaf.root, leaf.payoutRoot);
    }

    /// @inheritdoc ISpaceVault
    function head() external view returns (bytes32 commitment, uint48 size) {
        return (_head, uint48(uint256(_head)));
    }

    /// @inheritdoc ISpaceVault
    function isEnded() external view returns (bool) {
        return uint48(uint256(_head)) == ENDED;
    }

    /// @inheritdoc ISpaceVault
    function verifyEntry(Anchor calldata head_, bytes32 leafHash, uint64 index, bytes32[] calldata proof)
        external
        view
        returns (bool)
    {
        return _isHead(keccak256(abi.encode(head_)))
            && JournalProof.verify(leafHash, index, head_.size, proof, head_.root);
    }

    function _anchor(uint256 size, bytes32 root, bytes32 payoutRoot) internal {
        bytes32 previous = _head;
        uint256 current = uint48(uint256(previous));
        if (size <= current || size >= ENDED) revert SizeNotAbove(size, current);
        bytes32 hash = keccak256(abi.encode(previous, size, block.timestamp, root, payoutRoot));

        _head = bytes26(hash) | bytes32(size);

        emit Anchored(size, root, payoutRoot);
    }

    /// Nothing can be anchored from here on; what the slot commits to stays.
    function _closeHead() internal {
        _head |= bytes32(uint256(ENDED));
    }

    function _requireOperator() internal view {
        if (msg.sender != _operator) revert NotTheOperator(msg.sender);
    }

    function _isHead(bytes32 anchorHash) internal view returns (bool) {
        return bytes26(anchorHash) == bytes26(_head);
    }
}
