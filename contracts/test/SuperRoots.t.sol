// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Anchorage} from "../src/Anchorage.sol";
import {Score, SuperLeaf} from "../src/interfaces/IAnchorage.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {Trees} from "./Trees.sol";
import {VaultTest} from "./VaultTest.sol";

/// One word for many spaces, on one chain or on several.
contract SuperRootsTest is VaultTest {
    SpaceVault[] private _vaults;
    SuperLeaf[] private _lines;
    bytes32[] private _nodes;
    bytes32 private _previous; // head of the operator before the newest super-root

    function test_Each_of_one_two_seven_or_a_hundred_vaults_adopts_its_own_line() public {
        uint256[4] memory counts = [uint256(1), 2, 7, 100];
        for (uint256 n = 0; n < counts.length; n++) {
            open(counts[n]);
            carry(anchorage, n + 1);
            for (uint256 i = 0; i < counts[n]; i++) {
                (bytes32 before,) = _vaults[i].head();
                vm.prank(stranger);
                _vaults[i].adopt(_lines[i], _previous, _nodes[0], Trees.proofOf(_nodes, i));
                (bytes32 slot,) = _vaults[i].head();
                equal(slot, slotOf(before, uint48(n + 1), _lines[i].payoutRoot), "slot");
            }
        }
    }

    function test_No_vault_adopts_the_line_of_another() public {
        open(7);
        carry(anchorage, 1);
        for (uint256 i = 1; i < 7; i++) {
            bytes32[] memory proof = Trees.proofOf(_nodes, i);
            refused(Anchors.OtherSpace.selector, _lines[i].space);
            _vaults[0].adopt(_lines[i], _previous, _nodes[0], proof);
            SuperLeaf memory renamed = _lines[i];
            renamed.space = _lines[0].space;
            refused(Anchors.NotInSuperRoot.selector, _nodes[0]);
            _vaults[0].adopt(renamed, _previous, _nodes[0], proof);
        }
    }

    function test_A_super_root_is_adopted_once() public {
        open(2);
        carry(anchorage, 9);
        bytes32[] memory proof = Trees.proofOf(_nodes, 1);
        _vaults[1].adopt(_lines[1], _previous, _nodes[0], proof);
        refused(Anchors.SizeNotAbove.selector, 9, 9);
        _vaults[1].adopt(_lines[1], _previous, _nodes[0], proof);
    }

    /// The slot of an operator is one word, so what a proof is held against is always the newest super-root.
    function test_An_old_super_root_no_longer_verifies_after_the_next() public {
        open(7);
        carry(anchorage, 1);
        (SuperLeaf memory line, bytes32 root, bytes32 previous) = (_lines[3], _nodes[0], _previous);
        bytes32[] memory proof = Trees.proofOf(_nodes, 3);
        isTrue(anchorage.verify(operator, previous, root, line, proof), "while it is the newest");
        isTrue(readsScore(anchorage, 3), "its score while it is the newest");

        carry(anchorage, 2);
        isTrue(!anchorage.verify(operator, previous, root, line, proof), "after the next");
        isTrue(!anchorage.verify(operator, anchorage.head(operator), root, line, proof), "upon the next");
        isTrue(readsScore(anchorage, 3), "the score by the next");
        _previous = previous;
        isTrue(!readsScore(anchorage, 3), "the score by the head before");
    }

    /// Two chains carry one super-root, each after a history of its own.
    function test_A_score_is_read_on_every_chain_that_carries_the_super_root() public {
        open(7);
        Anchorage far = new Anchorage();
        vm.prank(operator);
        far.anchor("only there");
        carry(anchorage, 1);
        (bytes32 near, bytes32 root) = (_previous, _nodes[0]);
        isTrue(readsScore(anchorage, 3), "here");
        isTrue(!readsScore(far, 3), "there, before it is carried");

        vm.chainId(10);
        carry(far, 1);
        equal(_nodes[0], root, "the same super-root");
        isTrue(readsScore(far, 3), "there");
        _previous = near;
        isTrue(!readsScore(far, 3), "there, by the history here");
    }

    function open(uint256 count) private {
        while (_vaults.length < count) {
            bytes32 space = keccak256(abi.encode("space", _vaults.length));
            _vaults.push(SpaceVault(factory.create(space, terms(address(token)))));
        }
    }

    /// Every vault has a line, with payouts of its own and a reputation tree that holds its index as a score.
    function carry(Anchorage which, uint256 size) private {
        delete _lines;
        bytes32[] memory hashes = new bytes32[](_vaults.length);
        for (uint256 i = 0; i < hashes.length; i++) {
            bytes32 payoutRoot = keccak256(abi.encode("payouts", i, size));
            _lines.push(SuperLeaf(_vaults[i].space(), size, ROOT, payoutRoot, scoresOf(i)[0]));
            hashes[i] = Trees.hashOf(_lines[i]);
        }
        _nodes = Trees.grow(hashes);
        _previous = which.head(operator);
        vm.prank(operator);
        which.anchor(_nodes[0]);
    }

    function readsScore(Anchorage which, uint256 i) private view returns (bool) {
        bytes32[] memory proof = Trees.proofOf(_nodes, i);
        bytes32[] memory way = Trees.proofOf(scoresOf(i), 1);
        return which.verifyScore(operator, _previous, _nodes[0], _lines[i], proof, scoreOf(i), way);
    }

    function scoreOf(uint256 i) private view returns (Score memory) {
        return Score(idOf(worker), "images", 900_000 + i, 800_000, 41);
    }

    function scoresOf(uint256 i) private view returns (bytes32[] memory) {
        bytes32[] memory scores = new bytes32[](3);
        (scores[0], scores[1], scores[2]) = ("a", Trees.hashOf(scoreOf(i)), "b");
        return Trees.grow(scores);
    }
}
