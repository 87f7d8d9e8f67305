// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Anchor, ISpaceVault} from "../interfaces/ISpaceVault.sol";
import {Anchors} from "./Anchors.sol";
import {Ledger} from "./Ledger.sol";

/// Which payout root may be claimed against: one that enough witnesses endorse, or one that waited unchallenged.
abstract contract GoodRoots is Anchors, Ledger {
    struct GoodRoot {
        bytes32 payoutRoot;
        uint48 size;
        uint48 at;
        uint48 endedAt;
        uint8 challenges; // since this root became good
        uint104 bondsHeld;
    }

    struct Proposal {
        bytes32 anchorHash;
        bytes32 payoutRoot;
        uint48 size;
        uint48 until;
        address challenger;
    }

    /// All bonds of one challenger. They come back together, with the first root above `goodSize`.
    struct Bonds {
        uint104 amount;
        uint48 goodSize; // size of the good root when the last of them was paid
    }

    error AnchorUnknown(bytes32 anchorHash);
    error WitnessesOther(bytes32 witnesses);
    error SignatureCountOther(uint256 signatures, uint256 witnesses);
    error WitnessesNotAscending(address witness);
    error WitnessSignatureWrong(address witness);
    error ThresholdMissed(uint256 signatures, uint256 threshold);
    error NoProposals();
    error ProposalWaits(uint256 size);
    error ProposalOver(uint256 size);
    error TooEarly(uint256 from);
    error TooLate(uint256 until);
    error BondOther(uint256 paid, uint256 price);
    error BondWaits(address challenger);
    error NoBond(address challenger);
    error AlreadyEnded();

    bytes32 private constant ANCHOR_TYPE = keccak256("Anchor(uint48 size,bytes32 root,bytes32 payoutRoot)");

    GoodRoot internal _good;
    Proposal private _proposal;
    mapping(address challenger => Bonds) private _bonds;

    /// The clock of `exitAfter` starts with the vault.
    constructor() {
        _good.at = uint48(block.timestamp);
    }

    /// @inheritdoc ISpaceVault
    function anchorEndorsed(
        uint48 size,
        bytes32 root,
        bytes32 payoutRoot,
        address[] calldata witnesses,
        bytes[] calldata signatures
    ) external {
        _requireOperator();
        _requireEndorsed(_digestOf(size, root, payoutRoot), witnesses, signatures);
        _anchor(size, root, payoutRoot);
        _makeGood(size, payoutRoot);
    }

    /// @inheritdoc ISpaceVault
    function endorse(Anchor calldata head_, address[] calldata witnesses, bytes[] calldata signatures)
        external
    {
        bytes32 anchorHash = keccak256(abi.encode(head_));
        bool isProposal = anchorHash == _proposal.anchorHash;
        if (!isProposal && !_isHead(anchorHash)) revert AnchorUnknown(anchorHash);
        if (head_.size <= _good.size) revert SizeNotAbove(head_.size, _good.size);
        _requireEndorsed(_digestOf(head_.size, head_.root, head_.payoutRoot), witnesses, signatures);
        if (isProposal && _proposal.challenger != address(0)) _forfeit(_proposal.challenger);
        _makeGood(head_.size, head_.payoutRoot);
    }

    /// @inheritdoc ISpaceVault
    function propose(Anchor calldata head_) external {
        if (_window == 0) revert NoProposals();
        if (_good.endedAt != 0) revert AlreadyEnded();
        bytes32 anchorHash = keccak256(abi.encode(head_));
        if (!_isHead(anchorHash)) revert AnchorUnknown(anchorHash);
        if (_isOpen()) revert ProposalWaits(_proposal.size);
        // The next one comes no sooner than if nobody had challenged. Else an operator could challenge itself within
        // minutes, until the doubled price is out of an honest challenger's reach.
        bool isDead = _proposal.size > _good.size;
        if (isDead && block.timestamp < _proposal.until) revert TooEarly(_proposal.until);
        // A challenged size never comes again, so a dead proposal cannot be waited for a second time.
        if (head_.size <= _proposal.size) revert SizeNotAbove(head_.size, _proposal.size);
        if (head_.size <= _good.size) revert SizeNotAbove(head_.size, _good.size);
        uint256 until = block.timestamp + _window;

        _proposal = Proposal(anchorHash, head_.payoutRoot, head_.size, uint48(until), address(0));

        emit Proposed(head_.size, head_.payoutRoot, until);
    }

    /// @inheritdoc ISpaceVault
    function promote() external {
        if (!_isOpen()) revert ProposalOver(_proposal.size);
        if (block.timestamp < _proposal.until) revert TooEarly(_proposal.until);
        _makeGood(_proposal.size, _proposal.payoutRoot);
    }

    /// @inheritdoc ISpaceVault
    function challenge() external payable {
        if (_good.endedAt != 0) revert AlreadyEnded();
        if (!_isOpen()) revert ProposalOver(_proposal.size);
        if (block.timestamp >= _proposal.until) revert TooLate(_proposal.until);
        uint256 price = challengePrice();
        if (msg.value != price) revert BondOther(msg.value, price);
        uint104 paid = SafeCast.toUint104(price);

        _proposal.challenger = msg.sender;
        _good.challenges++;
        _good.bondsHeld += paid;
        _bonds[msg.sender].amount += paid;
        _bonds[msg.sender].goodSize = _good.size;

        emit Challenged(_proposal.size, msg.sender, price);
    }

    /// @inheritdoc ISpaceVault
    function takeBond(address challenger) external alone {
        uint104 amount = _bonds[challenger].amount;
        if (amount == 0) revert NoBond(challenger);
        if (!_isFree(challenger)) revert BondWaits(challenger);

        delete _bonds[challenger];
        _good.bondsHeld -= amount;

        emit BondTaken(challenger, amount);
        if (!_sendNative(challenger, amount, gasleft())) revert PaymentFailed(challenger, amount);
    }

    /// @inheritdoc ISpaceVault
    function good() external view returns (bytes32 payoutRoot, uint48 size, uint48 at) {
        return (_good.payoutRoot, _good.size, _good.at);
    }

    /// @inheritdoc ISpaceVault
    function proposal()
        external
        view
        returns (bytes32 anchorHash, uint48 size, uint48 until, address challenger)
    {
        return (_proposal.anchorHash, _proposal.size, _proposal.until, _proposal.challenger);
    }

    /// @inheritdoc ISpaceVault
    function challengePrice() public view returns (uint256) {
        return _bond << _good.challenges;
    }

    /// @inheritdoc ISpaceVault
    function bondOf(address challenger) external view returns (uint256 free, uint256 held) {
        uint256 amount = _bonds[challenger].amount;
        return _isFree(challenger) ? (amount, uint256(0)) : (uint256(0), amount);
    }

    function _makeGood(uint48 size, bytes32 payoutRoot) private {
        if (_good.endedAt != 0) revert AlreadyEnded();
        if (size <= _good.size) revert SizeNotAbove(size, _good.size);

        _good.payoutRoot = payoutRoot;
        _good.size = size;
        _good.at = uint48(block.timestamp);
        _good.challenges = 0;

        emit Good(size, payoutRoot);
    }

    /// The bond of the dead proposal is the last one paid since the last good root. It is free for the operator at
    /// once, because the endorsement that costs it also raises the good size.
    function _forfeit(address challenger) private {
        uint104 bond = uint104(_bond << (_good.challenges - 1));

        _bonds[challenger].amount -= bond;
        _bonds[_operator].amount += bond;

        emit BondLost(challenger, bond);
    }

    /// Whether a proposal waits, or waits to be promoted.
    function _isOpen() internal view returns (bool) {
        return _proposal.challenger == address(0) && _proposal.size > _good.size;
    }

    function _isOverdue() internal view returns (bool) {
        return _isOpen() && block.timestamp >= _proposal.until;
    }

    function _isFree(address challenger) private view returns (bool) {
        return _good.endedAt != 0 || _good.size > _bonds[challenger].goodSize;
    }

    function _bondsHeld() internal view override returns (uint256) {
        return _good.bondsHeld;
    }

    function _digestOf(uint48 size, bytes32 root, bytes32 payoutRoot) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(ANCHOR_TYPE, size, root, payoutRoot)));
    }

    function _requireEndorsed(bytes32 digest, address[] calldata witnesses, bytes[] calldata signatures)
        private
        view
    {
        bytes32 set = keccak256(abi.encodePacked(witnesses));
        if (_threshold == 0 || set != _witnesses) revert WitnessesOther(set);
        if (signatures.length != witnesses.length) {
            revert SignatureCountOther(signatures.length, witnesses.length);
        }
        uint256 count = 0;
        for (uint256 i = 0; i < witnesses.length; i++) {
            // Ascending order makes sure that nobody stands in the set twice and counts twice.
            if (i > 0 && witnesses[i] <= witnesses[i - 1]) revert WitnessesNotAscending(witnesses[i]);
            if (signatures[i].length == 0) continue;
            (address signer,,) = ECDSA.tryRecoverCalldata(digest, signatures[i]);
            if (signer != witnesses[i] || signer == address(0)) revert WitnessSignatureWrong(witnesses[i]);
            count++;
        }
        if (count < _threshold) revert ThresholdMissed(count, _threshold);
    }
}
