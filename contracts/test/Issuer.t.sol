// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISpaceVault, Leaf} from "../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Ledger} from "../src/vault/Ledger.sol";
import {BlockingToken} from "./mocks/Tokens.sol";
import {Trees} from "./Trees.sol";
import {VaultTest} from "./VaultTest.sol";

/// Who issues the token of a space can freeze its vault, and thaw it. A frozen vault owes what it owed.
contract IssuerTest is VaultTest {
    BlockingToken private _token = new BlockingToken();
    SpaceVault private _its;
    Leaf[] private _leaves;

    function setUp() public override {
        super.setUp();
        _its = SpaceVault(factory.create(SPACE, terms(address(_token))));
        _token.mint(requester, 13 ether);
        vm.prank(requester);
        _token.approve(address(_its), 13 ether);
        fund(_its, requester, 10 ether);
        fund(_its, stranger, 3 ether);
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 4 ether);
        _leaves.push(leaves[0]);
        _leaves.push(leaves[1]);
        makeGood(_its, leaves);
    }

    function test_threat_issuer_that_freezes_the_vault_stops_payments_and_nothing_is_booked() public {
        freeze(false);
        nothingIsClaimed();
        freeze(true);
        nothingIsClaimed();

        endSpace(_its);
        settle(_its, _leaves, 0);
        vm.warp(block.timestamp + WINDOW);
        nobodyLeaves();
        freeze(false);
        nobodyLeaves();

        thaw();
        batch();
        _its.leave(idOf(requester));
        _its.leave(idOf(stranger));
        equal(_token.balanceOf(worker), 4 ether, "what the worker was paid");
        equal(_token.balanceOf(requester), 6 ether, "what the requester left with");
        equal(_token.balanceOf(stranger), 3 ether, "what left by its deposit alone");
        equal(_token.balanceOf(address(_its)), 0, "what is left");
    }

    function test_threat_issuer_that_thaws_the_vault_lets_single_claims_through() public {
        freeze(false);
        nothingIsClaimed();
        thaw();
        claim(_its, _leaves, 1);
        equal(_token.balanceOf(worker), 4 ether, "what the worker was paid");
    }

    function freeze(bool saysNo) private {
        _token.block_(address(_its), saysNo);
    }

    function thaw() private {
        _token.block_(address(0), false);
    }

    function nothingIsClaimed() private {
        bytes32[] memory proof = proofOf(_leaves, 1);
        unpayable(worker, 4 ether);
        _its.claim(_leaves[1], proof);
        vm.expectEmit(address(_its));
        emit ISpaceVault.Unpaid(idOf(worker), 4 ether);
        batch();
        equal(_its.claimed(idOf(worker)), 0, "booked as claimed");
    }

    /// Neither the settled requester nor the stranger, whose deposit the journal never saw.
    function nobodyLeaves() private {
        unpayable(requester, 6 ether);
        _its.leave(idOf(requester));
        unpayable(stranger, 3 ether);
        _its.leave(idOf(stranger));
        equal(_its.claimed(idOf(requester)) + _its.claimed(idOf(stranger)), 0, "booked as left with");
    }

    function batch() private {
        uint256[] memory chosen = new uint256[](1);
        chosen[0] = 1;
        (bytes32[] memory proof, bool[] memory flags) = Trees.proofOf(Trees.grow(_leaves), chosen);
        Leaf[] memory some = new Leaf[](1);
        some[0] = _leaves[1];
        _its.claimMulti(some, proof, flags);
    }

    function unpayable(address payee, uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(Ledger.PaymentFailed.selector, payee, amount));
    }
}
