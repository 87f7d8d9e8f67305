// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISpaceVault} from "../src/interfaces/ISpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {VaultTest} from "./VaultTest.sol";

contract AnchorsTest is VaultTest {
    function test_An_anchor_overwrites_the_slot_and_says_so() public {
        vm.expectEmit(address(vault));
        emit ISpaceVault.Anchored(7, ROOT, "payouts");
        vm.prank(operator);
        vault.anchor(7, ROOT, "payouts");
        (bytes32 commitment, uint48 size) = vault.head();
        equal(size, 7, "size");
        equal(commitment, slotOf(0, 7, "payouts"), "slot");
    }

    function testFuzz_Each_slot_commits_to_the_one_before(uint48[8] memory sizes, bytes32 payoutRoot) public {
        (bytes32 previous, uint48 current) = (0, 0);
        for (uint256 i = 0; i < sizes.length; i++) {
            vm.warp(block.timestamp + i);
            bool isAbove = sizes[i] > current && sizes[i] != type(uint48).max;
            if (!isAbove) refused(Anchors.SizeNotAbove.selector, sizes[i], current);
            vm.prank(operator);
            vault.anchor(sizes[i], ROOT, payoutRoot);
            if (isAbove) (previous, current) = (slotOf(previous, sizes[i], payoutRoot), sizes[i]);
            (bytes32 commitment, uint48 size) = vault.head();
            equal(commitment, previous, "slot");
            equal(size, current, "size");
        }
    }

    function test_Only_the_operator_anchors() public {
        refused(Anchors.NotTheOperator.selector, stranger);
        vm.prank(stranger);
        vault.anchor(1, ROOT, 0);
    }

    function test_A_size_does_not_fall_or_stay() public {
        vm.startPrank(operator);
        vault.anchor(7, ROOT, 0);
        refused(Anchors.SizeNotAbove.selector, 7, 7);
        vault.anchor(7, ROOT, 0);
        refused(Anchors.SizeNotAbove.selector, 6, 7);
        vault.anchor(6, ROOT, 0);
    }

    function test_The_largest_size_is_kept_for_the_end() public {
        refused(Anchors.SizeNotAbove.selector, type(uint48).max, 0);
        vm.prank(operator);
        vault.anchor(type(uint48).max, ROOT, 0);
    }
}
