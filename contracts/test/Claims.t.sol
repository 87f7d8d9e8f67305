// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISpaceVault, Leaf, P256Key} from "../src/interfaces/ISpaceVault.sol";
import {AccountIds} from "../src/libraries/AccountIds.sol";
import {Claims} from "../src/vault/Claims.sol";
import {Ledger} from "../src/vault/Ledger.sol";
import {VaultTest} from "./VaultTest.sol";
import {Wallet1271} from "./mocks/Receivers.sol";

contract ClaimsTest is VaultTest {
    function setUp() public override {
        super.setUp();
        fund(vault, requester, 100 ether);
        fund(coinVault, requester, 100 ether);
    }

    function test_A_claim_pays_a_wallet_and_says_so() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 5 ether);
        makeGood(vault, leaves);

        vm.expectEmit(address(vault));
        emit ISpaceVault.Claimed(idOf(worker), worker, 5 ether, 5 ether);
        vm.prank(stranger);
        claim(vault, leaves, 1);

        equal(token.balanceOf(worker), 5 ether, "balance");
        equal(vault.claimed(idOf(worker)), 5 ether, "claimed");
    }

    function test_A_claim_pays_native_coin() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 5 ether);
        makeGood(coinVault, leaves);
        claim(coinVault, leaves, 1);
        equal(worker.balance, 5 ether, "balance");
    }

    function test_A_second_root_pays_only_what_is_new() public {
        Leaf[] memory before = payment(idOf(requester), idOf(worker), 5 ether);
        makeGood(vault, before);
        claim(vault, before, 1);
        Leaf[] memory later = payment(idOf(requester), idOf(worker), 7 ether);
        makeGood(vault, later);
        claim(vault, later, 1);
        equal(token.balanceOf(worker), 7 ether, "balance");
    }

    function test_A_claim_is_paid_once() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 5 ether);
        makeGood(vault, leaves);
        claim(vault, leaves, 1);
        bytes32[] memory proof = proofOf(leaves, 1);
        refused(Claims.NothingToClaim.selector, idOf(worker));
        vault.claim(leaves[1], proof);
    }

    function test_A_leaf_outside_the_root_is_refused() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 5 ether);
        makeGood(vault, leaves);
        bytes32[] memory proof = proofOf(leaves, 1);
        leaves[1].claimable = 6 ether;
        refused(Claims.NotInPayoutRoot.selector, idOf(worker));
        vault.claim(leaves[1], proof);
    }

    function test_A_claim_above_what_the_account_has_is_refused() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 5 ether);
        leaves[1].claimable = 5 ether + 1;
        makeGood(vault, leaves);
        bytes32[] memory proof = proofOf(leaves, 1);
        vm.expectRevert(
            abi.encodeWithSelector(Claims.ClaimAboveHoldings.selector, idOf(worker), 5 ether + 1, 5 ether)
        );
        vault.claim(leaves[1], proof);
    }
}
