// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISpaceVault, Leaf} from "../src/interfaces/ISpaceVault.sol";
import {AccountIds} from "../src/libraries/AccountIds.sol";
import {Bookkeeping} from "../src/libraries/Bookkeeping.sol";
import {Claims} from "../src/vault/Claims.sol";
import {Ledger} from "../src/vault/Ledger.sol";
import {Reentering, Refusing} from "./mocks/Receivers.sol";
import {VaultTest} from "./VaultTest.sol";

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
            abi.encodeWithSelector(
                Bookkeeping.ClaimAboveHoldings.selector, idOf(worker), 5 ether + 1, 5 ether
            )
        );
        vault.claim(leaves[1], proof);
    }

    function test_Claims_go_on_against_the_last_good_root() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 5 ether);
        makeGood(vault, leaves);
        Leaf[] memory later = payment(idOf(requester), idOf(worker), 7 ether);
        propose(vault, rootOf(later));
        bytes32[] memory proof = proofOf(later, 1);
        refused(Claims.NotInPayoutRoot.selector, idOf(worker));
        vault.claim(later[1], proof);
        challenge(vault);
        refused(Claims.NotInPayoutRoot.selector, idOf(worker));
        vault.claim(later[1], proof);
        claim(vault, leaves, 1);
        equal(token.balanceOf(worker), 5 ether, "balance");
    }

    function test_Nothing_is_claimed_before_there_is_a_good_root() public {
        refused(Claims.NotInPayoutRoot.selector, idOf(worker));
        vault.claim(Leaf(idOf(worker), 1, 1), new bytes32[](0));
    }

    function test_Only_a_wallet_is_claimed_for_without_a_signature() public {
        bytes32 account = idOf(p256Key(P256_KEY));
        Leaf[] memory leaves = payment(idOf(requester), account, 5 ether);
        makeGood(vault, leaves);
        bytes32[] memory proof = proofOf(leaves, 1);
        refused(AccountIds.NotAWallet.selector, account);
        vault.claim(leaves[1], proof);
    }

    function testFuzz_What_is_claimed_is_what_the_totals_grew_by(uint64[6] memory earned) public {
        uint256 total = 0;
        for (uint256 i = 0; i < earned.length; i++) {
            total += earned[i];
            Leaf[] memory leaves = payment(idOf(requester), idOf(worker), total);
            makeGood(vault, leaves);
            if (earned[i] != 0) claim(vault, leaves, 1);
            equal(token.balanceOf(worker), total, "balance");
            equal(vault.claimed(idOf(worker)), total, "claimed");
        }
    }

    function testFuzz_Nobody_claims_more_than_it_has(uint120 paidIn, int256 net, uint256 claimable) public {
        paidIn = uint120(within(paidIn, 1, 1e24));
        token.mint(requester, paidIn);
        fund(vault, worker, paidIn);
        token.mint(address(vault), 1e27);
        Leaf[] memory leaves = new Leaf[](1);
        leaves[0] = Leaf(idOf(worker), within(claimable, 1, 1e26), net);
        makeGood(vault, leaves);
        bool isCovered = net >= 0
            ? leaves[0].claimable <= paidIn + uint256(net)
            : net > -int256(uint256(paidIn)) && leaves[0].claimable <= uint256(int256(uint256(paidIn)) + net);
        if (!isCovered) refused(Bookkeeping.ClaimAboveHoldings.selector);
        this.claimAlone(leaves);
        if (isCovered) equal(token.balanceOf(worker), leaves[0].claimable, "balance");
    }

    function claimAlone(Leaf[] memory leaves) external {
        vault.claim(leaves[0], new bytes32[](0));
    }

    /// Beyond what a total can hold: booked as it is, it would be booked as nothing, and paid again.
    function test_A_claim_of_more_than_a_total_can_hold_is_refused() public {
        uint256 much = 1 << 120;
        token.mint(address(vault), much);
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), much);
        makeGood(vault, leaves);
        bytes32[] memory proof = proofOf(leaves, 1);
        vm.expectRevert(
            abi.encodeWithSelector(Bookkeeping.ClaimAboveHoldings.selector, idOf(worker), much, much)
        );
        vault.claim(leaves[1], proof);
    }

    function test_A_receiver_that_refuses_fails_its_own_claim() public {
        address proud = address(new Refusing());
        Leaf[] memory leaves = payment(idOf(requester), idOf(proud), 5 ether);
        makeGood(coinVault, leaves);
        bytes32[] memory proof = proofOf(leaves, 1);
        vm.expectRevert(abi.encodeWithSelector(Ledger.PaymentFailed.selector, proud, 5 ether));
        coinVault.claim(leaves[1], proof);
    }

    function test_A_tree_that_is_wrong_cannot_spend_the_bonds() public {
        propose(coinVault, "one");
        challenge(coinVault);
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 100 ether + 1);
        makeGood(coinVault, leaves);
        bytes32[] memory proof = proofOf(leaves, 1);
        refused(Ledger.BondsOnly.selector, 100 ether + 1, 100 ether);
        coinVault.claim(leaves[1], proof);
        coinVault.takeBond(challenger);
        equal(challenger.balance, 10_000 ether, "the challenger's balance");
    }

    function test_A_receiver_cannot_call_back() public {
        Reentering again = new Reentering();
        Leaf[] memory leaves = payment(idOf(requester), idOf(address(again)), 5 ether);
        makeGood(coinVault, leaves);
        bytes[5] memory calls = [
            abi.encodeCall(coinVault.claim, (leaves[1], proofOf(leaves, 1))),
            abi.encodeCall(coinVault.settle, (leaves[1], proofOf(leaves, 1))),
            abi.encodeCall(coinVault.leave, (idOf(address(again)))),
            abi.encodeCall(coinVault.end, ()),
            abi.encodeCall(coinVault.takeBond, (challenger))
        ];
        for (uint256 i = 0; i < calls.length; i++) {
            again.say(address(coinVault), calls[i]);
            leaves = payment(idOf(requester), idOf(address(again)), (i + 2) * 5 ether);
            makeGood(coinVault, leaves);
            claim(coinVault, leaves, 1);
            equal(bytes32(again.answer()), Ledger.Busy.selector, "the door");
        }
    }
}
