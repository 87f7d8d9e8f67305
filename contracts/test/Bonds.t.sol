// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Anchor, ISpaceVault} from "../src/interfaces/ISpaceVault.sol";
import {GoodRoots} from "../src/vault/GoodRoots.sol";
import {Ledger} from "../src/vault/Ledger.sol";
import {Refusing} from "./mocks/Receivers.sol";
import {VaultTest} from "./VaultTest.sol";

contract BondsTest is VaultTest {
    function test_Bonds_come_back_with_a_later_good_root() public {
        propose(vault, "one");
        challenge(vault);
        propose(vault, "two");
        challenge(vault);
        refused(GoodRoots.BondWaits.selector, challenger);
        vault.takeBond(challenger);
        bondIs(challenger, 0, 3 * BOND);

        endorse(vault, anchor(vault, "good"));
        bondIs(challenger, 3 * BOND, 0);
        vm.expectEmit(address(vault));
        emit ISpaceVault.BondTaken(challenger, 3 * BOND);
        vm.prank(stranger);
        vault.takeBond(challenger);
        equal(challenger.balance, 10_000 ether, "the challenger's balance");
        equal(address(vault).balance, 0, "the vault's balance");
    }

    function test_A_bond_comes_back_once() public {
        propose(vault, "one");
        challenge(vault);
        endorse(vault, anchor(vault, "good"));
        vault.takeBond(challenger);
        refused(GoodRoots.NoBond.selector, challenger);
        vault.takeBond(challenger);
    }

    function test_Bonds_come_back_when_the_space_has_ended() public {
        propose(vault, "one");
        challenge(vault);
        endSpace(vault);
        vault.takeBond(challenger);
        equal(challenger.balance, 10_000 ether, "the challenger's balance");
    }

    function test_The_endorsement_of_what_was_challenged_gives_the_bond_to_the_operator() public {
        propose(vault, "one");
        challenge(vault);
        Anchor memory two = propose(vault, "two");
        challenge(vault);
        anchor(vault, "three");

        vm.expectEmit(address(vault));
        emit ISpaceVault.BondLost(challenger, 2 * BOND);
        endorse(vault, two);
        bondIs(challenger, BOND, 0);
        bondIs(operator, 2 * BOND, 0);
        vault.takeBond(challenger);
        vault.takeBond(operator);
        equal(challenger.balance, 10_000 ether - 2 * BOND, "the challenger's balance");
        equal(operator.balance, 10_000 ether + 2 * BOND, "the operator's balance");
    }

    function test_A_new_bond_holds_an_old_one_back() public {
        propose(vault, "one");
        challenge(vault);
        endorse(vault, anchor(vault, "good"));
        propose(vault, "two");
        challenge(vault);
        bondIs(challenger, 0, 2 * BOND);
    }

    function test_A_challenger_that_cannot_be_paid_hurts_only_itself() public {
        address proud = address(new Refusing());
        vm.deal(proud, 1 ether);
        propose(vault, "one");
        vm.prank(proud);
        vault.challenge{value: BOND}();
        endorse(vault, anchor(vault, "good"));
        vm.expectRevert(abi.encodeWithSelector(Ledger.PaymentFailed.selector, proud, BOND));
        vault.takeBond(proud);
        bondIs(proud, BOND, 0);
    }

    function bondIs(address who, uint256 free, uint256 held) private view {
        (uint256 isFree, uint256 isHeld) = vault.bondOf(who);
        equal(isFree, free, "free");
        equal(isHeld, held, "held");
    }
}
