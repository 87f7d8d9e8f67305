// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Leaf} from "../../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../../src/SpaceVault.sol";
import {Trees} from "../Trees.sol";
import {VaultTest} from "../VaultTest.sol";

/// An honest journal in miniature: it sees deposits late or never, moves money between accounts, and makes trees whose
/// nets sum to zero.
abstract contract Journal is VaultTest {
    struct Standing {
        bytes32 account;
        uint256 credited;
        uint256 claimable;
        int256 net;
    }

    SpaceVault public its;
    bool internal immutable _isCoin;
    Standing[] internal _standings;
    mapping(bytes32 payoutRoot => Leaf[]) internal _published;
    /// What should be claimable, kept apart from what the vault says.
    bytes32 public goodRoot;

    constructor(bool isCoin) {
        _isCoin = isCoin;
    }

    function people() external view returns (uint256) {
        return _standings.length;
    }

    function accountOf(uint256 i) external view returns (bytes32) {
        return _standings[i].account;
    }

    /// The journal sees what was deposited for an account until now.
    function observe(uint256 seed) external {
        Standing storage one = _pick(seed);
        one.credited = its.deposited(one.account);
    }

    function work(uint256 fromSeed, uint256 toSeed, uint256 amount) external {
        (Standing storage from, Standing storage to) = (_pick(fromSeed), _pick(toSeed));
        amount = _upTo(amount, _spendable(from));
        from.net -= int256(amount);
        to.net += int256(amount);
        to.claimable += amount;
    }

    function withdraw(uint256 seed, uint256 amount) external {
        Standing storage one = _pick(seed);
        one.claimable += _upTo(amount, _spendable(one));
    }

    function _publish() internal returns (bytes32 payoutRoot) {
        Leaf[] memory leaves = new Leaf[](_standings.length);
        uint256 count = 0;
        for (uint256 i = 0; i < leaves.length; i++) {
            Standing storage one = _standings[i];
            if (one.credited == 0 && one.net == 0) continue;
            leaves[count++] = Leaf(one.account, one.claimable, one.net);
        }
        assembly ("memory-safe") {
            mstore(leaves, count)
        }
        payoutRoot = Trees.grow(leaves)[0];
        if (_published[payoutRoot].length != 0) return payoutRoot;
        for (uint256 i = 0; i < count; i++) {
            _published[payoutRoot].push(leaves[i]);
        }
    }

    function _goodLeaves() internal view returns (Leaf[] memory) {
        return _published[goodRoot];
    }

    /// The leaf of an account in the last good root; all zero when it has none.
    function goodLeaf(bytes32 account) public view returns (Leaf memory) {
        Leaf[] memory leaves = _goodLeaves();
        for (uint256 i = 0; i < leaves.length; i++) {
            if (leaves[i].account == account) return leaves[i];
        }
        return Leaf(account, 0, 0);
    }

    function _spendable(Standing storage one) private view returns (uint256) {
        return uint256(int256(one.credited) + one.net) - one.claimable;
    }

    function _pick(uint256 seed) internal view returns (Standing storage) {
        return _standings[seed % _standings.length];
    }

    function _upTo(uint256 amount, uint256 limit) private pure returns (uint256) {
        return limit == 0 ? 0 : amount % (limit + 1);
    }
}
