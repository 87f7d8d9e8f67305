// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Anchor, ISpaceVault} from "../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {GoodRoots} from "../src/vault/GoodRoots.sol";
import {VaultTest} from "./VaultTest.sol";

/// Roots that become good by waiting.
contract ProposalsTest is VaultTest {
    function test_A_proposal_that_nobody_challenged_becomes_good() public {
        Anchor memory head = anchor(vault, "payouts");
        vm.expectEmit(address(vault));
        emit ISpaceVault.Proposed(1, "payouts", block.timestamp + WINDOW);
        vm.prank(stranger);
        vault.propose(head);
        (bytes32 hash, uint48 size, uint48 until, address who) = vault.proposal();
        equal(hash, keccak256(abi.encode(head)), "hash");
        equal(size, 1, "size");
        equal(until, block.timestamp + WINDOW, "until");
        isTrue(who == address(0), "nobody challenged");

        vm.warp(until);
        vm.prank(stranger);
        vault.promote();
        (bytes32 payoutRoot,,) = vault.good();
        equal(payoutRoot, "payouts", "payout root");
    }

    function test_A_proposal_stands_while_the_head_moves_on() public {
        propose(vault, "payouts");
        anchor(vault, "later");
        vm.warp(block.timestamp + WINDOW);
        vault.promote();
        (bytes32 payoutRoot, uint48 size,) = vault.good();
        equal(payoutRoot, "payouts", "payout root");
        equal(size, 1, "size");
    }

    function testFuzz_A_root_is_not_good_before_its_window_is_over(uint256 time) public {
        propose(vault, "payouts");
        uint256 until = block.timestamp + WINDOW;
        vm.warp(within(time, block.timestamp, until - 1));
        refused(GoodRoots.TooEarly.selector, until);
        vault.promote();
    }

    function test_Only_the_head_is_proposed() public {
        Anchor memory head = anchor(vault, "payouts");
        head.root = "other";
        refused(GoodRoots.AnchorUnknown.selector, keccak256(abi.encode(head)));
        vault.propose(head);
    }

    function test_A_vault_without_a_window_takes_no_proposal() public {
        SpaceVault its = witnessesOnly(address(token));
        Anchor memory head = anchor(its, "payouts");
        refused(GoodRoots.NoProposals.selector);
        its.propose(head);
    }

    function test_One_proposal_waits_at_a_time() public {
        propose(vault, "payouts");
        Anchor memory head = anchor(vault, "later");
        refused(GoodRoots.ProposalWaits.selector, 1);
        vault.propose(head);
        vm.warp(block.timestamp + WINDOW);
        refused(GoodRoots.ProposalWaits.selector, 1);
        vault.propose(head);
    }

    function test_What_is_good_already_is_not_proposed() public {
        Anchor memory head = anchor(vault, "payouts");
        endorse(vault, head);
        refused(Anchors.SizeNotAbove.selector, 1, 1);
        vault.propose(head);
    }

    function test_An_endorsement_overtakes_a_proposal() public {
        propose(vault, "payouts");
        Anchor memory later = anchor(vault, "later");
        endorse(vault, later);
        vm.warp(block.timestamp + WINDOW);
        refused(GoodRoots.ProposalOver.selector, 1);
        vault.promote();
        propose(vault, "and on");
    }

    function test_A_proposal_is_promoted_once() public {
        propose(vault, "payouts");
        vm.warp(block.timestamp + WINDOW);
        vault.promote();
        refused(GoodRoots.ProposalOver.selector, 1);
        vault.promote();
    }

    function test_A_proposal_can_be_endorsed_before_its_time() public {
        Anchor memory head = propose(vault, "payouts");
        anchor(vault, "later");
        endorse(vault, head);
        (bytes32 payoutRoot,,) = vault.good();
        equal(payoutRoot, "payouts", "payout root");
    }

    // After the end

    function test_After_the_end_nothing_becomes_good() public {
        Anchor memory head = anchor(vault, "payouts");
        vm.warp(block.timestamp + EXIT_AFTER - 1);
        vault.propose(head);
        vm.warp(block.timestamp + 1);
        vault.end();

        refused(GoodRoots.AlreadyEnded.selector);
        vm.prank(challenger);
        vault.challenge{value: BOND}();
        bytes[] memory signed = signatures(vault, head, 3);
        refused(GoodRoots.AlreadyEnded.selector);
        vault.endorse(head, witnesses, signed);
        refused(GoodRoots.AlreadyEnded.selector);
        vault.propose(head);
        vm.warp(block.timestamp + WINDOW);
        refused(GoodRoots.AlreadyEnded.selector);
        vault.promote();
    }
}
