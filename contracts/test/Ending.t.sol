// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISpaceVault, Leaf, P256Key} from "../src/interfaces/ISpaceVault.sol";
import {AccountIds} from "../src/libraries/AccountIds.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {Claims} from "../src/vault/Claims.sol";
import {Ending} from "../src/vault/Ending.sol";
import {GoodRoots} from "../src/vault/GoodRoots.sol";
import {Ledger} from "../src/vault/Ledger.sol";
import {Wallet1271} from "./mocks/Receivers.sol";
import {VaultTest} from "./VaultTest.sol";

contract EndingTest is VaultTest {
    // To end

    function test_A_space_without_a_good_root_is_ended_by_anybody() public {
        anchor(vault, "payouts");
        (bytes32 before,) = vault.head();
        vm.warp(block.timestamp + EXIT_AFTER);
        vm.expectEmit(address(vault));
        emit ISpaceVault.Ended(0, 0);
        vm.prank(stranger);
        vault.end();
        isTrue(vault.isEnded(), "ended");
        (bytes32 slot, uint48 size) = vault.head();
        equal(size, type(uint48).max, "size");
        equal(bytes26(slot), bytes26(before), "what the slot commits to");
        refused(Anchors.SizeNotAbove.selector, 2, type(uint48).max);
        vm.prank(operator);
        vault.anchor(2, ROOT, 0);
    }

    function test_A_space_without_any_good_root_is_not_ended_sooner() public {
        SpaceVault its = witnessesOnly(address(token));
        uint256 from = block.timestamp + EXIT_AFTER;
        vm.warp(from - 1);
        refused(GoodRoots.TooEarly.selector, from);
        its.end();
        vm.warp(from);
        its.end();
    }

    function testFuzz_A_space_is_not_ended_before_its_time(uint256 time) public {
        makeGood(vault, payment(idOf(requester), idOf(worker), 1));
        uint256 from = block.timestamp + EXIT_AFTER;
        vm.warp(within(time, block.timestamp, from - 1));
        refused(GoodRoots.TooEarly.selector, from);
        vault.end();
    }

    function test_A_good_root_starts_the_clock_again() public {
        vm.warp(block.timestamp + EXIT_AFTER - 1);
        makeGood(vault, payment(idOf(requester), idOf(worker), 1));
        vm.warp(block.timestamp + 1);
        refused(GoodRoots.TooEarly.selector, block.timestamp - 1 + EXIT_AFTER);
        vault.end();
    }

    function test_A_space_ends_once() public {
        endSpace(vault);
        refused(GoodRoots.AlreadyEnded.selector);
        vault.end();
    }

    function test_A_proposal_whose_window_is_over_is_promoted_first() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 1);
        propose(vault, rootOf(leaves));
        vm.warp(block.timestamp + EXIT_AFTER);
        refused(Ending.PromotionDue.selector);
        vault.end();
        vault.promote();
        endSpace(vault);
        (bytes32 payoutRoot,,) = vault.good();
        equal(payoutRoot, rootOf(leaves), "payout root");
    }

    function test_A_proposal_whose_window_is_just_over_is_promoted_first() public {
        vm.warp(block.timestamp + EXIT_AFTER - WINDOW);
        propose(vault, "payouts");
        vm.warp(block.timestamp + WINDOW);
        refused(Ending.PromotionDue.selector);
        vault.end();
        vault.promote();
    }

    function test_A_proposal_that_still_waits_does_not_hold_the_end_up() public {
        vm.warp(block.timestamp + EXIT_AFTER - 1);
        propose(vault, "late");
        vm.warp(block.timestamp + 1);
        vault.end();
    }

    // To settle and to leave

    function test_Everybody_leaves_with_what_it_is_due() public {
        Leaf[] memory leaves = endedAfterPayment(vault, 4 ether);
        vm.expectEmit(address(vault));
        emit ISpaceVault.Settled(idOf(requester), 6 ether);
        vm.prank(stranger);
        settle(vault, leaves, 0);
        settle(vault, leaves, 1);

        uint256 before = token.balanceOf(requester);
        vm.expectEmit(address(vault));
        emit ISpaceVault.Left(idOf(requester), requester, 6 ether);
        vm.prank(stranger);
        vault.leave(idOf(requester));
        vault.leave(idOf(worker));
        equal(token.balanceOf(requester) - before, 6 ether, "the requester's share");
        equal(token.balanceOf(worker), 4 ether, "the worker's share");
        equal(token.balanceOf(address(vault)), 0, "what is left over");
    }

    function test_What_was_claimed_is_not_due_again() public {
        fund(vault, requester, 10 ether);
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 4 ether);
        makeGood(vault, leaves);
        claim(vault, leaves, 1);
        endSpace(vault);
        settle(vault, leaves, 1);
        refused(Ending.NothingDue.selector, idOf(worker));
        vault.leave(idOf(worker));
    }

    function test_A_claim_after_the_end_makes_less_due() public {
        Leaf[] memory leaves = endedAfterPayment(vault, 4 ether);
        claim(vault, leaves, 1);
        settle(vault, leaves, 1);
        refused(Ending.NothingDue.selector, idOf(worker));
        vault.leave(idOf(worker));
    }

    function test_Who_is_settled_claims_no_more() public {
        Leaf[] memory leaves = endedAfterPayment(vault, 4 ether);
        settle(vault, leaves, 1);
        bytes32[] memory proof = proofOf(leaves, 1);
        refused(Claims.NothingToClaim.selector, idOf(worker));
        vault.claim(leaves[1], proof);
    }

    function test_Nobody_settles_or_leaves_before_the_end() public {
        fund(vault, requester, 10 ether);
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 4 ether);
        makeGood(vault, leaves);
        bytes32[] memory proof = proofOf(leaves, 1);
        refused(Ending.NotEnded.selector);
        vault.settle(leaves[1], proof);
        vm.warp(block.timestamp + 365 days);
        refused(Ending.NotEnded.selector);
        vault.leave(idOf(requester));
    }

    function test_Nobody_is_settled_twice() public {
        Leaf[] memory leaves = endedAfterPayment(vault, 4 ether);
        settle(vault, leaves, 1);
        bytes32[] memory proof = proofOf(leaves, 1);
        refused(Ending.SettledAlready.selector, idOf(worker));
        vault.settle(leaves[1], proof);
    }

    function test_Nobody_is_settled_by_another_leaf() public {
        Leaf[] memory leaves = endedAfterPayment(vault, 4 ether);
        bytes32[] memory proof = proofOf(leaves, 1);
        leaves[1].net++;
        refused(Claims.NotInPayoutRoot.selector, idOf(worker));
        vault.settle(leaves[1], proof);
    }

    function test_Nobody_leaves_twice() public {
        Leaf[] memory leaves = endedAfterPayment(vault, 4 ether);
        settle(vault, leaves, 1);
        vault.leave(idOf(worker));
        refused(Ending.NothingDue.selector, idOf(worker));
        vault.leave(idOf(worker));
    }

    // Accounts the journal never saw

    function test_A_deposit_the_journal_never_saw_comes_back_after_the_wait() public {
        fund(vault, stranger, 3 ether);
        endSpace(vault);
        uint256 from = block.timestamp + WINDOW;
        vm.warp(from - 1);
        refused(GoodRoots.TooEarly.selector, from);
        vault.leave(idOf(stranger));
        vm.warp(from);
        vault.leave(idOf(stranger));
        equal(token.balanceOf(stranger), 3 ether, "balance");
        refused(Ending.NothingDue.selector, idOf(stranger));
        vault.leave(idOf(stranger));
    }

    function test_The_wait_is_at_least_a_day() public {
        SpaceVault its = witnessesOnly(address(0));
        fund(its, stranger, 3 ether);
        endSpace(its);
        refused(GoodRoots.TooEarly.selector, block.timestamp + 1 days);
        its.leave(idOf(stranger));
        vm.warp(block.timestamp + 1 days);
        its.leave(idOf(stranger));
        equal(stranger.balance, 3 ether, "balance");
    }

    function test_A_deposit_after_the_end_comes_back_too() public {
        endSpace(vault);
        fund(vault, stranger, 3 ether);
        vm.warp(block.timestamp + WINDOW);
        vault.leave(idOf(stranger));
        equal(token.balanceOf(stranger), 3 ether, "balance");
    }

    function test_Who_was_made_to_leave_before_it_was_settled_loses_nothing() public {
        fund(vault, worker, 2 ether);
        Leaf[] memory leaves = endedAfterPayment(vault, 4 ether);
        vm.warp(block.timestamp + WINDOW);
        vm.prank(stranger);
        vault.leave(idOf(worker));
        equal(token.balanceOf(worker), 2 ether, "the deposit");
        settle(vault, leaves, 1);
        vault.leave(idOf(worker));
        equal(token.balanceOf(worker), 6 ether, "all of it");
    }

    function test_Who_spent_all_is_due_nothing_once_it_is_settled() public {
        Leaf[] memory leaves = endedAfterPayment(vault, 10 ether);
        settle(vault, leaves, 0);
        vm.warp(block.timestamp + WINDOW);
        refused(Ending.NothingDue.selector, idOf(requester));
        vault.leave(idOf(requester));
    }

    function testFuzz_A_tree_that_is_wrong_keeps_nobody_from_settling(uint120 paidIn, int256 net) public {
        paidIn = uint120(within(paidIn, 1, 1e24));
        token.mint(requester, paidIn);
        fund(vault, worker, paidIn);
        Leaf[] memory leaves = new Leaf[](1);
        leaves[0] = Leaf(idOf(worker), 0, net);
        makeGood(vault, leaves);
        endSpace(vault);
        vault.settle(leaves[0], new bytes32[](0));
    }

    // Who names a payee

    function test_A_P256_account_leaves_to_the_payee_it_names() public {
        P256Key memory key = p256Key(P256_KEY);
        fund(vault, requester, 10 ether);
        Leaf[] memory leaves = payment(idOf(requester), idOf(key), 4 ether);
        makeGood(vault, leaves);
        endSpace(vault);
        settle(vault, leaves, 1);
        (bytes32 r, bytes32 s) = signP256(P256_KEY, leaveDigest(vault, idOf(key), worker));
        refused(Claims.SignatureWrong.selector, idOf(key));
        vault.leaveTo(stranger, key, r, s);
        vault.leaveTo(worker, key, r, s);
        equal(token.balanceOf(worker), 4 ether, "balance");
    }

    function test_A_P256_account_does_not_leave_unsigned() public {
        endSpace(vault);
        bytes32 account = idOf(p256Key(P256_KEY));
        refused(AccountIds.NotAWallet.selector, account);
        vault.leave(account);
    }

    function test_A_contract_that_takes_no_coin_leaves_to_the_payee_it_names() public {
        address wallet = address(new Wallet1271(alice, false));
        fund(coinVault, wallet, 3 ether);
        endSpace(coinVault);
        vm.warp(block.timestamp + WINDOW);
        vm.expectRevert(abi.encodeWithSelector(Ledger.PaymentFailed.selector, wallet, 3 ether));
        coinVault.leave(idOf(wallet));

        bytes memory signed = sign(ALICE_KEY, leaveDigest(coinVault, idOf(wallet), worker));
        refused(Claims.SignatureWrong.selector, idOf(wallet));
        coinVault.leaveFor(stranger, idOf(wallet), signed);
        coinVault.leaveFor(worker, idOf(wallet), signed);
        equal(worker.balance, 3 ether, "balance");
    }

    /// The requester paid ten in, paid the worker, and the operator vanished.
    function endedAfterPayment(SpaceVault which, uint256 paid) private returns (Leaf[] memory leaves) {
        fund(which, requester, 10 ether);
        leaves = payment(idOf(requester), idOf(worker), paid);
        makeGood(which, leaves);
        endSpace(which);
    }
}
