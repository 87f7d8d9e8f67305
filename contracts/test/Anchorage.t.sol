// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAnchorage, Score, SuperLeaf} from "../src/interfaces/IAnchorage.sol";
import {Terms} from "../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {Trees} from "./Trees.sol";
import {VaultTest} from "./VaultTest.sol";

contract AnchorageTest is VaultTest {
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
        vm.expectEmit(address(anchorage));
        emit IAnchorage.SuperAnchored(operator, "one");
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
