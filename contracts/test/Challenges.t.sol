// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Anchor, ISpaceVault} from "../src/interfaces/ISpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {GoodRoots} from "../src/vault/GoodRoots.sol";
import {VaultTest} from "./VaultTest.sol";

contract ChallengesTest is VaultTest {
    function test_A_challenged_proposal_is_dead() public {
        Anchor memory head = propose(vault, "payouts");
        vm.expectEmit(address(vault));
        emit ISpaceVault.Challenged(1, challenger, BOND);
        challenge(vault);
        vm.warp(block.timestamp + WINDOW);
        refused(GoodRoots.ProposalOver.selector, 1);
        vault.promote();
        refused(Anchors.SizeNotAbove.selector, 1, 1);
        vault.propose(head);
    }

    function test_The_next_proposal_comes_no_sooner_than_without_a_challenge() public {
        propose(vault, "payouts");
        uint256 until = block.timestamp + WINDOW;
        challenge(vault);
        Anchor memory head = anchor(vault, "later");
        vm.warp(until - 1);
        refused(GoodRoots.TooEarly.selector, until);
        vault.propose(head);
        vm.warp(until);
        vault.propose(head);
    }

    function test_After_a_good_root_the_next_proposal_need_not_wait() public {
        Anchor memory head = propose(vault, "payouts");
        challenge(vault);
        endorse(vault, head);
        vault.propose(anchor(vault, "later"));
    }

    function test_The_price_doubles_until_a_root_is_good() public {
        for (uint256 n = 0; n < 5; n++) {
            equal(vault.challengePrice(), uint256(BOND) << n, "price");
            propose(vault, bytes32(n));
            challenge(vault);
        }
        endorse(vault, anchor(vault, "good"));
        equal(vault.challengePrice(), BOND, "price after a good root");
    }

    function test_A_challenge_costs_exactly_its_price() public {
        propose(vault, "payouts");
        uint256[2] memory offers = [uint256(BOND) - 1, uint256(BOND) + 1];
        for (uint256 i = 0; i < 2; i++) {
            refused(GoodRoots.BondOther.selector, offers[i], BOND);
            vm.prank(challenger);
            vault.challenge{value: offers[i]}();
        }
    }

    function test_A_challenge_comes_within_the_window() public {
        propose(vault, "payouts");
        uint256 until = block.timestamp + WINDOW;
        vm.warp(until);
        refused(GoodRoots.TooLate.selector, until);
        vm.prank(challenger);
        vault.challenge{value: BOND}();
    }

    function test_Nothing_is_challenged_twice_or_when_nothing_waits() public {
        refused(GoodRoots.ProposalOver.selector, uint256(0));
        vm.prank(challenger);
        vault.challenge{value: BOND}();
        propose(vault, "payouts");
        challenge(vault);
        refused(GoodRoots.ProposalOver.selector, 1);
        vm.prank(challenger);
        vault.challenge{value: 2 * BOND}();
    }
}
