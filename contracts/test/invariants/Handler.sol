// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {SuperLeaf} from "../../src/interfaces/IAnchorage.sol";
import {Anchor, Leaf} from "../../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../../src/SpaceVault.sol";
import {Burning, Refusing} from "../mocks/Receivers.sol";
import {Trees} from "../Trees.sol";
import {Journal} from "./Journal.sol";

/// Everything anybody may do to a vault, in any order, and what must have come of it. An act that would be refused
/// now is not tried; a cheat is, and must be refused.
contract Handler is Journal {
    uint256 public bondsPaid;
    uint256 public bondsTaken;
    uint256 public bondsLostByEndorsement;
    mapping(address who => int256) public bondBalance;
    uint256 public cheatsLetIn;
    bytes32 public expectedSlot;
    mapping(bytes32 account => uint256) public left;
    mapping(bytes32 account => bool) public isSettled;
    uint256 public endedAt;

    Anchor private _latest;
    Anchor private _proposed;
    address[] private _challengers;

    constructor(bool isCoin) Journal(isCoin) {}

    /// What was paid out and what was anchored never falls.
    modifier watched() {
        uint256[] memory before = new uint256[](_standings.length);
        for (uint256 i = 0; i < before.length; i++) {
            before[i] = its.claimed(_standings[i].account);
        }
        (uint48 goodSize, uint48 size) = (_goodSize(), _headSize());
        _;
        for (uint256 i = 0; i < before.length; i++) {
            isTrue(its.claimed(_standings[i].account) >= before[i], "claimed fell");
        }
        isTrue(_goodSize() >= goodSize && _headSize() >= size, "a size fell");
    }

    function setUp() public override {
        super.setUp();
        its = _isCoin ? coinVault : vault;
        address[2] memory bad = [address(new Refusing()), address(new Burning())];
        for (uint256 i = 0; i < 6; i++) {
            bytes32 account = _isCoin && i < 2 ? idOf(bad[i]) : bytes32(0xacc0000 + i);
            _standings.push(Standing(account, 0, 0, 0));
        }
        for (uint256 i = 0; i < 3; i++) {
            _challengers.push(address(uint160(0xc4a0000 + i)));
        }
        _challengers.push(operator);
        vm.deal(requester, 1e30);
        token.mint(requester, 1e30);
        _begin();
    }

    /// Everybody has paid in and earned a little, and the first root is good: from here each act has something to do.
    function _begin() private {
        for (uint256 i = 0; i < _standings.length; i++) {
            this.payIn(i, 1 ether);
            this.observe(i);
        }
        for (uint256 i = 0; i < _standings.length; i++) {
            this.work(i, i + 1, 0.1 ether * (i + 1));
        }
        this.anchorNext(0, 2);
    }

    // Acts

    function payIn(uint256 seed, uint256 amount) external watched {
        bytes32 account = _pick(seed).account;
        if (isSettled[account]) return;
        fund(its, address(uint160(uint256(account))), within(amount, 1, 1e24));
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + time % 3 days);
    }

    function anchorNext(uint256 more, uint256 way) external watched {
        if (its.isEnded()) return;
        bytes32 previous = expectedSlot;
        uint48 size = uint48(_latest.size + within(more, 1, 1e6));
        _latest = Anchor(previous, size, uint48(block.timestamp), keccak256(abi.encode(size)), _publish());
        expectedSlot = bytes32(abi.encodePacked(bytes26(keccak256(abi.encode(_latest))), size));
        if (way % 3 == 0) return _adopt();
        bytes[] memory signed = signatures(its, _latest, 4);
        vm.prank(operator);
        if (way % 3 == 1) return its.anchor(size, _latest.root, _latest.payoutRoot);
        its.anchorEndorsed(size, _latest.root, _latest.payoutRoot, witnesses, signed);
        goodRoot = _latest.payoutRoot;
    }

    function endorse(bool isProposal) external watched {
        Anchor memory it = isProposal ? _proposed : _latest;
        if (its.isEnded() || it.size <= _goodSize()) return;
        (,,, address loser) = its.proposal();
        bytes[] memory signed = signatures(its, it, 3);
        uint256 price = its.challengePrice();
        its.endorse(it, witnesses, signed);
        goodRoot = it.payoutRoot;
        bool isLost = loser != address(0) && loser != operator
            && keccak256(abi.encode(it)) == keccak256(abi.encode(_proposed));
        if (isLost) bondsLostByEndorsement += price / 2;
    }

    function propose() external watched {
        bool isAbove = _latest.size > _goodSize() && _latest.size > _proposed.size;
        bool isDead = _proposed.size > _goodSize() && block.timestamp < _until();
        if (its.isEnded() || _isOpen() || isDead || !isAbove) return;
        its.propose(_latest);
        _proposed = _latest;
    }

    function promote() public watched {
        if (its.isEnded() || !_isOpen() || block.timestamp < _until()) return;
        its.promote();
        goodRoot = _proposed.payoutRoot;
    }

    function challenge(uint256 seed) external watched {
        if (its.isEnded() || !_isOpen() || block.timestamp >= _until()) return;
        address who = _challengers[seed % _challengers.length];
        uint256 price = its.challengePrice();
        vm.deal(who, who.balance + price);
        vm.prank(who);
        its.challenge{value: price}();
        bondsPaid += price;
        bondBalance[who] -= int256(price);
    }

    function takeBond(uint256 seed) public watched {
        address who = _challengers[seed % _challengers.length];
        (uint256 free,) = its.bondOf(who);
        if (free == 0) return;
        uint256 before = who.balance;
        its.takeBond(who);
        bondsTaken += who.balance - before;
        bondBalance[who] += int256(who.balance - before);
    }

    function claimOne(uint256 seed) external watched {
        Leaf memory leaf = goodLeaf(_pick(seed).account);
        if (isSettled[leaf.account] || isBad(leaf.account)) return;
        if (leaf.claimable <= its.claimed(leaf.account)) return;
        its.claim(leaf, _goodProof(leaf.account));
    }

    /// Bad receivers and settled accounts are in the batch too, and must not hold it up.
    function claimAll() external watched {
        Leaf[] memory leaves = _goodLeaves();
        if (leaves.length == 0) return;
        uint256[] memory all = new uint256[](leaves.length);
        for (uint256 i = 0; i < all.length; i++) {
            all[i] = i;
        }
        (bytes32[] memory proof, bool[] memory flags) = Trees.proofOf(Trees.grow(leaves), all);
        its.claimMulti(leaves, proof, flags);
        for (uint256 i = 0; i < all.length; i++) {
            Leaf memory leaf = leaves[i];
            if (isBad(leaf.account) || isSettled[leaf.account]) continue;
            isTrue(its.claimed(leaf.account) >= leaf.claimable, "the batch left out a good receiver");
        }
    }

    /// Claims against what is anchored or proposed but not good, and once more what was claimed.
    function cheat(uint256 seed) external watched {
        for (uint256 i = 0; i < 3; i++) {
            bytes32 root = i == 0 ? _latest.payoutRoot : i == 1 ? _proposed.payoutRoot : goodRoot;
            Leaf[] memory leaves = _published[root];
            if (leaves.length == 0 || (i < 2 && root == goodRoot)) continue;
            uint256 place = seed % leaves.length;
            if (i == 2 && its.claimed(leaves[place].account) < leaves[place].claimable) continue;
            try its.claim(leaves[place], proofOf(leaves, place)) {
                cheatsLetIn++;
            } catch {}
        }
    }

    function end() public watched {
        (,, uint48 at) = its.good();
        if (its.isEnded() || block.timestamp < at + EXIT_AFTER) return;
        if (_isOpen() && block.timestamp >= _until()) return;
        its.end();
        endedAt = block.timestamp;
    }

    function settleOne(uint256 seed) public watched {
        bytes32 account = _pick(seed).account;
        if (!its.isEnded() || isSettled[account] || !_hasLeaf(account)) return;
        its.settle(goodLeaf(account), _goodProof(account));
        isSettled[account] = true;
    }

    /// Whoever spent has been settled by its friends before it can leave with its deposits.
    function leaveOne(uint256 seed) public watched {
        bytes32 account = _pick(seed).account;
        if (!its.isEnded() || isBad(account)) return;
        bool isAlone = !isSettled[account];
        if (isAlone && (block.timestamp < endedAt + WINDOW || goodLeaf(account).net < 0)) return;
        int256 net = isAlone ? int256(0) : goodLeaf(account).net;
        int256 due = int256(its.deposited(account)) + net - int256(its.claimed(account));
        if (due <= 0) return;
        uint256 before = balanceOf(account);
        its.leave(account);
        equal(balanceOf(account) - before, uint256(due), "what an account left with");
        left[account] += uint256(due);
    }

    // Views

    function balanceOf(bytes32 account) public view returns (uint256) {
        address wallet = address(uint160(uint256(account)));
        return _isCoin ? wallet.balance : token.balanceOf(wallet);
    }

    function holdings() external view returns (uint256 asset, uint256 bonds) {
        if (!_isCoin) return (token.balanceOf(address(its)), address(its).balance);
        bonds = bondsOwed();
        return (address(its).balance - bonds, bonds);
    }

    function bondsOwed() public view returns (uint256 sum) {
        for (uint256 i = 0; i < _challengers.length; i++) {
            (uint256 free, uint256 held) = its.bondOf(_challengers[i]);
            sum += free + held;
        }
    }

    /// What the challengers, the operator apart, paid and will not see again.
    function bondsLost() external view returns (uint256) {
        int256 sum = 0;
        for (uint256 i = 0; i + 1 < _challengers.length; i++) {
            (uint256 free, uint256 held) = its.bondOf(_challengers[i]);
            sum -= bondBalance[_challengers[i]] + int256(free + held);
        }
        return uint256(sum);
    }

    function isBad(bytes32 account) public view returns (bool) {
        return _isCoin && address(uint160(uint256(account))).code.length != 0;
    }

    function _hasLeaf(bytes32 account) private view returns (bool) {
        Leaf[] memory leaves = _goodLeaves();
        for (uint256 i = 0; i < leaves.length; i++) {
            if (leaves[i].account == account) return true;
        }
        return false;
    }

    function _goodProof(bytes32 account) private view returns (bytes32[] memory) {
        Leaf[] memory leaves = _goodLeaves();
        uint256 place = 0;
        while (leaves[place].account != account) {
            place++;
        }
        return proofOf(leaves, place);
    }

    function _headSize() private view returns (uint48 size) {
        (, size) = its.head();
    }

    function _goodSize() private view returns (uint48 size) {
        (, size,) = its.good();
    }

    function _until() private view returns (uint48 until) {
        (,, until,) = its.proposal();
    }

    function _isOpen() private view returns (bool) {
        (, uint48 size,, address who) = its.proposal();
        return who == address(0) && size > _goodSize();
    }

    function _adopt() private {
        SuperLeaf memory leaf = SuperLeaf(SPACE, _latest.size, _latest.root, _latest.payoutRoot, 0);
        bytes32[] memory spaces = new bytes32[](2);
        (spaces[0], spaces[1]) = (Trees.hashOf(leaf), "another");
        bytes32[] memory nodes = Trees.grow(spaces);
        bytes32 previous = anchorage.head(operator);
        vm.prank(operator);
        anchorage.anchor(nodes[0]);
        its.adopt(leaf, previous, nodes[0], Trees.proofOf(nodes, 0));
    }
}
