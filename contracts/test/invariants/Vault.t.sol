// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Leaf} from "../../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../../src/SpaceVault.sol";
import {MiniTest} from "../MiniTest.sol";
import {Handler} from "./Handler.sol";

/// What holds after any acts in any order. The handler holds the rest: nothing that is allowed reverts, what was paid
/// out never falls, sizes never fall, a batch leaves no good receiver out.
abstract contract VaultInvariants is MiniTest {
    Handler private _handler;
    SpaceVault private _its;

    function isCoin() internal pure virtual returns (bool);

    function setUp() public {
        _handler = new Handler(isCoin());
        _handler.setUp();
        _its = _handler.its();
        bytes4[] memory acts = new bytes4[](20);
        (acts[0], acts[1], acts[2]) =
        (Handler.payIn.selector, _handler.observe.selector, _handler.work.selector);
        (acts[3], acts[4], acts[5]) =
        (_handler.withdraw.selector, Handler.wait.selector, Handler.anchorNext.selector);
        (acts[6], acts[7], acts[8]) =
        (Handler.endorse.selector, Handler.propose.selector, Handler.promote.selector);
        (acts[9], acts[10], acts[11]) =
        (Handler.challenge.selector, Handler.takeBond.selector, Handler.claimOne.selector);
        (acts[12], acts[13], acts[14]) =
        (Handler.claimAll.selector, Handler.cheat.selector, Handler.end.selector);
        (acts[15], acts[16]) = (Handler.settleOne.selector, Handler.leaveOne.selector);
        // What leads to a lost bond takes these in a row, so they come more often.
        (acts[17], acts[18], acts[19]) = (acts[6], acts[7], acts[9]);
        target(address(_handler), acts);
    }

    function invariant_The_balance_is_what_came_in_less_what_went_out() public view {
        (uint256 paidIn, uint256 paidOut) = (0, 0);
        for (uint256 i = 0; i < _handler.people(); i++) {
            paidIn += _its.deposited(_handler.accountOf(i));
            paidOut += _its.claimed(_handler.accountOf(i));
        }
        (uint256 asset,) = _handler.holdings();
        equal(asset, paidIn - paidOut, "the asset in the vault");
    }

    function invariant_Bonds_are_lost_by_endorsement_alone() public view {
        (, uint256 bonds) = _handler.holdings();
        equal(bonds, _handler.bondsOwed(), "the bonds in the vault");
        equal(bonds, _handler.bondsPaid() - _handler.bondsTaken(), "the bonds paid and not taken");
        equal(_handler.bondsLost(), _handler.bondsLostByEndorsement(), "the bonds lost");
    }

    function invariant_The_slot_chains_and_sizes_grow() public view {
        (bytes32 slot,) = _its.head();
        bytes32 expected = _handler.expectedSlot();
        equal(slot, _its.isEnded() ? expected | bytes32(uint256(type(uint48).max)) : expected, "slot");
    }

    function invariant_Everybody_got_what_the_vault_says_it_paid() public view {
        for (uint256 i = 0; i < _handler.people(); i++) {
            bytes32 account = _handler.accountOf(i);
            equal(_handler.balanceOf(account), _its.claimed(account), "balance");
        }
    }

    function invariant_Nobody_gets_more_than_its_due() public view {
        for (uint256 i = 0; i < _handler.people(); i++) {
            bytes32 account = _handler.accountOf(i);
            Leaf memory leaf = _handler.goodLeaf(account);
            atMost(_its.claimed(account) - _handler.left(account), leaf.claimable, "claimed");
            if (leaf.net < 0 && !_its.isEnded()) continue;
            uint256 due = uint256(int256(_its.deposited(account)) + leaf.net);
            atMost(_its.claimed(account), due, "all that an account got");
        }
    }

    function invariant_Only_a_good_root_is_claimed_against() public view {
        equal(_handler.cheatsLetIn(), 0, "cheats let in");
        (bytes32 payoutRoot,,) = _its.good();
        equal(payoutRoot, _handler.goodRoot(), "the good root");
    }

    /// Exit is possible from wherever the acts have led, without the operator, and leaves nothing behind but the
    /// money of contracts that refuse it, and bonds.
    function afterInvariant() public {
        vm.warp(block.timestamp + 30 days);
        _handler.promote();
        vm.warp(block.timestamp + 30 days);
        _handler.end();
        isTrue(_its.isEnded(), "ended");
        vm.warp(block.timestamp + 30 days);
        for (uint256 i = 0; i < _handler.people(); i++) {
            _handler.settleOne(i);
        }
        uint256 refused = 0;
        for (uint256 i = 0; i < _handler.people(); i++) {
            bytes32 account = _handler.accountOf(i);
            _handler.leaveOne(i);
            int256 due = int256(_its.deposited(account)) + _handler.goodLeaf(account).net;
            if (!_handler.isBad(account)) {
                equal(_its.claimed(account), uint256(due), "all that an account was due");
            } else {
                refused += uint256(due) - _its.claimed(account);
            }
        }
        for (uint256 i = 0; i < 4; i++) {
            _handler.takeBond(i);
        }
        (uint256 asset, uint256 bonds) = _handler.holdings();
        equal(asset, refused, "what is left in the vault");
        equal(bonds, 0, "the bonds left in the vault");
    }
}

contract TokenVaultInvariants is VaultInvariants {
    function isCoin() internal pure override returns (bool) {
        return false;
    }
}

contract CoinVaultInvariants is VaultInvariants {
    function isCoin() internal pure override returns (bool) {
        return true;
    }
}
