// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Anchor, ISpaceVault} from "../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {GoodRoots} from "../src/vault/GoodRoots.sol";
import {Ledger} from "../src/vault/Ledger.sol";
import {Refusing} from "./mocks/Receivers.sol";
import {VaultTest} from "./VaultTest.sol";

contract GoodRootsTest is VaultTest {
    // Witnesses

    function test_Enough_witnesses_make_a_root_good_at_once() public {
        Anchor memory head = anchor(vault, "payouts");
        vm.expectEmit(address(vault));
        emit ISpaceVault.Good(1, "payouts");
        endorse(head, 3);
        (bytes32 payoutRoot, uint48 size, uint48 at) = vault.good();
        equal(payoutRoot, "payouts", "payout root");
        equal(size, 1, "size");
        equal(at, block.timestamp, "time");
    }

    function testFuzz_Any_three_of_the_five_are_enough_and_no_two(uint8 who) public {
        Anchor memory head = anchor(vault, "payouts");
        bytes[] memory all = signatures(vault, head, 5);
        uint256 count = 5;
        for (uint256 i = 0; i < 5; i++) {
            if (who >> i & 1 == 1) continue;
            all[i] = "";
            count--;
        }
        if (count < 3) refused(GoodRoots.ThresholdMissed.selector, count, 3);
        vault.endorse(head, witnesses, all);
    }

    function test_The_operator_anchors_with_endorsement_in_one() public {
        Anchor memory next = Anchor(0, 9, 0, ROOT, "payouts");
        bytes[] memory signed = signatures(vault, next, 3);
        vm.prank(operator);
        vault.anchorEndorsed(9, ROOT, "payouts", witnesses, signed);
        (, uint48 size) = vault.head();
        (bytes32 payoutRoot, uint48 goodSize,) = vault.good();
        equal(size, 9, "head");
        equal(goodSize, 9, "good");
        equal(payoutRoot, "payouts", "payout root");
    }

    function test_Only_the_operator_anchors_with_endorsement() public {
        bytes[] memory signed = signatures(vault, Anchor(0, 9, 0, ROOT, "payouts"), 3);
        refused(Anchors.NotTheOperator.selector, stranger);
        vm.prank(stranger);
        vault.anchorEndorsed(9, ROOT, "payouts", witnesses, signed);
    }

    function test_What_was_not_anchored_is_not_endorsed() public {
        Anchor memory head = anchor(vault, "payouts");
        head.payoutRoot = "other";
        bytes[] memory signed = signatures(vault, head, 3);
        refused(GoodRoots.AnchorUnknown.selector, keccak256(abi.encode(head)));
        vault.endorse(head, witnesses, signed);
    }

    function test_Other_witnesses_do_not_count() public {
        Anchor memory head = anchor(vault, "payouts");
        bytes[] memory signed = signatures(vault, head, 3);
        address[] memory others = witnesses;
        others[4] = stranger;
        refused(GoodRoots.WitnessesOther.selector, keccak256(abi.encodePacked(others)));
        vault.endorse(head, others, signed);
    }

    function test_A_vault_without_witnesses_takes_no_endorsement() public {
        SpaceVault its = windowOnly(address(token));
        Anchor memory head = anchor(its, "payouts");
        refused(GoodRoots.WitnessesOther.selector, keccak256(""));
        its.endorse(head, new address[](0), new bytes[](0));
    }

    function test_Each_witness_needs_its_place() public {
        Anchor memory head = anchor(vault, "payouts");
        refused(GoodRoots.SignatureCountOther.selector, 4, 5);
        vault.endorse(head, witnesses, new bytes[](4));
    }

    function test_A_witness_counts_once() public {
        (witnesses[1], witnessKeys[1]) = (witnesses[0], witnessKeys[0]);
        SpaceVault its = SpaceVault(factory.create(SPACE, terms(address(token))));
        Anchor memory head = anchor(its, "payouts");
        bytes[] memory signed = signatures(its, head, 3);
        refused(GoodRoots.WitnessesNotAscending.selector, witnesses[0]);
        its.endorse(head, witnesses, signed);
    }

    function test_A_wrong_signature_is_named() public {
        Anchor memory head = anchor(vault, "payouts");
        bytes[] memory signed = signatures(vault, head, 3);
        signed[1] = signed[0];
        refused(GoodRoots.WitnessSignatureWrong.selector, witnesses[1]);
        vault.endorse(head, witnesses, signed);
        signed[1] = "not a signature";
        refused(GoodRoots.WitnessSignatureWrong.selector, witnesses[1]);
        vault.endorse(head, witnesses, signed);
    }

    function test_The_signatures_of_another_vault_do_not_count() public {
        Anchor memory head = anchor(vault, "payouts");
        anchor(coinVault, "payouts");
        bytes[] memory signed = signatures(coinVault, head, 3);
        refused(GoodRoots.WitnessSignatureWrong.selector, witnesses[0]);
        vault.endorse(head, witnesses, signed);
    }

    function test_Good_roots_only_grow() public {
        Anchor memory head = anchor(vault, "payouts");
        endorse(head, 3);
        bytes[] memory signed = signatures(vault, head, 3);
        refused(Anchors.SizeNotAbove.selector, 1, 1);
        vault.endorse(head, witnesses, signed);
    }

    // The window

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
        endorse(head, 3);
        refused(Anchors.SizeNotAbove.selector, 1, 1);
        vault.propose(head);
    }

    function test_An_endorsement_overtakes_a_proposal() public {
        propose(vault, "payouts");
        Anchor memory later = anchor(vault, "later");
        endorse(later, 3);
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
        endorse(head, 3);
        (bytes32 payoutRoot,,) = vault.good();
        equal(payoutRoot, "payouts", "payout root");
    }

    // Challenges

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
        endorse(head, 3);
        vault.propose(anchor(vault, "later"));
    }

    function test_The_price_doubles_until_a_root_is_good() public {
        for (uint256 n = 0; n < 5; n++) {
            equal(vault.challengePrice(), uint256(BOND) << n, "price");
            propose(vault, bytes32(n));
            challenge(vault);
        }
        endorse(anchor(vault, "good"), 3);
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

    // Bonds

    function test_Bonds_come_back_with_a_later_good_root() public {
        propose(vault, "one");
        challenge(vault);
        propose(vault, "two");
        challenge(vault);
        refused(GoodRoots.BondWaits.selector, challenger);
        vault.takeBond(challenger);
        bondIs(challenger, 0, 3 * BOND);

        endorse(anchor(vault, "good"), 3);
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
        endorse(anchor(vault, "good"), 3);
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
        endorse(two, 3);
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
        endorse(anchor(vault, "good"), 3);
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
        endorse(anchor(vault, "good"), 3);
        vm.expectRevert(abi.encodeWithSelector(Ledger.PaymentFailed.selector, proud, BOND));
        vault.takeBond(proud);
        bondIs(proud, BOND, 0);
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

    function endorse(Anchor memory head, uint256 count) private {
        vault.endorse(head, witnesses, signatures(vault, head, count));
    }

    function bondIs(address who, uint256 free, uint256 held) private view {
        (uint256 isFree, uint256 isHeld) = vault.bondOf(who);
        equal(isFree, free, "free");
        equal(isHeld, held, "held");
    }
}
