// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Anchor, ISpaceVault} from "../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {GoodRoots} from "../src/vault/GoodRoots.sol";
import {VaultTest} from "./VaultTest.sol";

/// Roots that witnesses make good.
contract EndorsementsTest is VaultTest {
    function test_Enough_witnesses_make_a_root_good_at_once() public {
        Anchor memory head = anchor(vault, "payouts");
        vm.expectEmit(address(vault));
        emit ISpaceVault.Good(1, "payouts");
        endorse(vault, head);
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

    function test_The_operator_does_not_anchor_with_too_few_endorsements() public {
        bytes[] memory signed = signatures(vault, Anchor(0, 9, 0, ROOT, "payouts"), 2);
        refused(GoodRoots.ThresholdMissed.selector, 2, 3);
        vm.prank(operator);
        vault.anchorEndorsed(9, ROOT, "payouts", witnesses, signed);
    }

    function test_The_operator_does_not_anchor_with_endorsements_of_something_else() public {
        bytes[] memory signed = signatures(vault, Anchor(0, 9, 0, ROOT, "other"), 3);
        refused(GoodRoots.WitnessSignatureWrong.selector, witnesses[0]);
        vm.prank(operator);
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
        endorse(vault, head);
        bytes[] memory signed = signatures(vault, head, 3);
        refused(Anchors.SizeNotAbove.selector, 1, 1);
        vault.endorse(head, witnesses, signed);
    }
}
