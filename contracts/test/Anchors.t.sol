// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Score, SuperLeaf} from "../src/interfaces/IAnchorage.sol";
import {Anchor, ISpaceVault, Terms} from "../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {Trees} from "./Trees.sol";
import {VaultTest} from "./VaultTest.sol";

contract AnchorsTest is VaultTest {
    // Anchors of the vault

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

    // Super-roots

    function test_A_super_root_is_adopted_by_anybody() public {
        (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes) = superAnchor(9);
        vm.prank(stranger);
        vault.adopt(leaf, previous, nodes[0], Trees.proofOf(nodes, 0));
        (bytes32 commitment,) = vault.head();
        equal(commitment, slotOf(0, 9, "payouts"), "slot");
    }

    function test_A_super_root_is_not_adopted_over_a_later_size() public {
        (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes) = superAnchor(9);
        bytes32[] memory proof = Trees.proofOf(nodes, 0);
        vm.prank(operator);
        vault.anchor(9, ROOT, 0);
        refused(Anchors.SizeNotAbove.selector, 9, 9);
        vault.adopt(leaf, previous, nodes[0], proof);
    }

    function testFuzz_A_size_beyond_the_slot_is_not_cut_off(uint256 size) public {
        size = within(size, type(uint48).max, type(uint256).max - 1);
        (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes) = superAnchor(size);
        bytes32[] memory proof = Trees.proofOf(nodes, 0);
        refused(Anchors.SizeNotAbove.selector, size, 0);
        vault.adopt(leaf, previous, nodes[0], proof);
    }

    function test_Another_space_is_not_adopted() public {
        (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes) = superAnchor(9);
        bytes32[] memory proof = Trees.proofOf(nodes, 0);
        leaf.space = "other";
        refused(Anchors.OtherSpace.selector, bytes32("other"));
        vault.adopt(leaf, previous, nodes[0], proof);
    }

    function test_What_is_not_in_the_super_root_is_not_adopted() public {
        (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes) = superAnchor(9);
        bytes32[] memory proof = Trees.proofOf(nodes, 0);
        leaf.payoutRoot = "other";
        refused(Anchors.NotInSuperRoot.selector, nodes[0]);
        vault.adopt(leaf, previous, nodes[0], proof);
    }

    function test_A_super_root_that_was_replaced_is_not_adopted() public {
        (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes) = superAnchor(9);
        bytes32[] memory proof = Trees.proofOf(nodes, 0);
        vm.prank(operator);
        anchorage.anchor("later");
        refused(Anchors.NotInSuperRoot.selector, nodes[0]);
        vault.adopt(leaf, previous, nodes[0], proof);
    }

    function test_Without_an_anchorage_nothing_is_adopted() public {
        Terms memory alone = terms(address(token));
        alone.anchorage = address(0);
        SpaceVault its = SpaceVault(factory.create(SPACE, alone));
        (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes) = superAnchor(9);
        bytes32[] memory proof = Trees.proofOf(nodes, 0);
        refused(Anchors.NotInSuperRoot.selector, nodes[0]);
        its.adopt(leaf, previous, nodes[0], proof);
    }

    // The anchorage itself

    function test_Each_operator_has_a_chain_of_its_own() public {
        vm.prank(operator);
        anchorage.anchor("one");
        vm.prank(operator);
        anchorage.anchor("two");
        vm.prank(stranger);
        anchorage.anchor("three");
        bytes32 one = keccak256(abi.encode(bytes32(0), bytes32("one")));
        equal(anchorage.head(operator), keccak256(abi.encode(one, bytes32("two"))), "the operator's");
        equal(anchorage.head(stranger), keccak256(abi.encode(bytes32(0), bytes32("three"))), "the stranger's");
    }

    function test_A_super_root_says_whose_space_it_is() public {
        (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes) = superAnchor(9);
        bytes32[] memory proof = Trees.proofOf(nodes, 0);
        isTrue(anchorage.verify(operator, previous, nodes[0], leaf, proof), "the operator's");
        isTrue(!anchorage.verify(stranger, previous, nodes[0], leaf, proof), "the stranger's");
        isTrue(!anchorage.verify(operator, "other", nodes[0], leaf, proof), "another chain");
    }

    function test_A_score_is_read_from_the_reputation_tree() public {
        Score memory score = Score(idOf(worker), "images", 970_000, 910_000, 41);
        bytes32[] memory scores = new bytes32[](3);
        (scores[0], scores[1], scores[2]) = ("a", Trees.hashOf(score), "b");
        bytes32[] memory scoreTree = Trees.grow(scores);
        (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes) = superAnchor(9, scoreTree[0]);
        (bytes32[] memory proof, bytes32[] memory way) =
            (Trees.proofOf(nodes, 0), Trees.proofOf(scoreTree, 1));

        isTrue(anchorage.verifyScore(operator, previous, nodes[0], leaf, proof, score, way), "the score");
        score.score++;
        isTrue(
            !anchorage.verifyScore(operator, previous, nodes[0], leaf, proof, score, way), "a better score"
        );
        score.score--;
        leaf.space = "other";
        isTrue(!anchorage.verifyScore(operator, previous, nodes[0], leaf, proof, score, way), "another space");
    }

    function slotOf(bytes32 previous, uint48 size, bytes32 payoutRoot) private view returns (bytes32) {
        bytes32 hash =
            keccak256(abi.encode(Anchor(previous, size, uint48(block.timestamp), ROOT, payoutRoot)));
        return bytes32(abi.encodePacked(bytes26(hash), size));
    }

    function superAnchor(uint256 size) private returns (SuperLeaf memory, bytes32, bytes32[] memory) {
        return superAnchor(size, "reputation");
    }

    function superAnchor(uint256 size, bytes32 reputation)
        private
        returns (SuperLeaf memory leaf, bytes32 previous, bytes32[] memory nodes)
    {
        leaf = SuperLeaf(SPACE, size, ROOT, "payouts", reputation);
        bytes32[] memory spaces = new bytes32[](3);
        (spaces[0], spaces[1], spaces[2]) = (Trees.hashOf(leaf), "another", "a third");
        nodes = Trees.grow(spaces);
        vm.startPrank(operator);
        anchorage.anchor("before");
        previous = anchorage.head(operator);
        anchorage.anchor(nodes[0]);
        vm.stopPrank();
    }
}
