// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

import {Anchor, Leaf, P256Key} from "../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Anchors} from "../src/vault/Anchors.sol";
import {Claims} from "../src/vault/Claims.sol";
import {GoodRoots} from "../src/vault/GoodRoots.sol";
import {Ledger} from "../src/vault/Ledger.sol";
import {Trees} from "./Trees.sol";
import {VaultTest} from "./VaultTest.sol";

/// Who may turn against a space, and what comes of it. Each has ten ether of a requester, of which four were honestly
/// earned by a worker when the trouble starts.
contract Threats is VaultTest {
    uint256 private constant PAID_IN = 10 ether;
    uint256 private constant EARNED = 4 ether;

    // The operator's key is stolen, or the operator turns

    function test_threat_operator_with_witnesses_cannot_make_a_fraud_good() public {
        SpaceVault its = witnessesOnly(address(0));
        Leaf[] memory honest = start(its);
        Leaf[] memory fraud = fraudOf();
        Anchor memory head = anchor(its, rootOf(fraud));

        bytes[] memory signed = signatures(its, head, 2);
        refused(GoodRoots.ThresholdMissed.selector, 2, 3);
        its.endorse(head, witnesses, signed);
        refused(GoodRoots.NoProposals.selector);
        its.propose(head);
        bytes32[] memory proof = proofOf(fraud, 1);
        refused(Claims.NotInPayoutRoot.selector, fraud[1].account);
        its.claim(fraud[1], proof);

        endSpace(its);
        everybodyLeaves(its, honest);
    }

    function test_threat_operator_with_window_loses_to_a_challenger_awake() public {
        SpaceVault its = windowOnly(address(0));
        Leaf[] memory honest = start(its);
        bytes32 fraud = rootOf(fraudOf());
        (,, uint48 at) = its.good();
        uint256 rounds = 0;
        while (block.timestamp < at + EXIT_AFTER) {
            propose(its, fraud);
            challenge(its);
            rounds++;
            vm.warp(block.timestamp + WINDOW);
        }
        its.end();
        equal(rounds, EXIT_AFTER / WINDOW, "rounds");
        equal(10_000 ether - challenger.balance, BOND * (2 ** rounds - 1), "what it cost until the end");
        its.takeBond(challenger);
        equal(challenger.balance, 10_000 ether, "what it cost after the end");
        everybodyLeaves(its, honest);
    }

    /// An operator that challenges itself makes the price double, but no faster than the windows pass.
    function test_threat_operator_that_challenges_itself_does_not_price_challengers_out() public {
        SpaceVault its = windowOnly(address(0));
        start(its);
        (,, uint48 at) = its.good();
        while (block.timestamp < at + EXIT_AFTER) {
            propose(its, "junk");
            uint256 price = its.challengePrice();
            atMost(price, BOND << (EXIT_AFTER / WINDOW - 1), "the highest price before the end");
            vm.prank(operator);
            its.challenge{value: price}();
            Anchor memory head = anchor(its, rootOf(fraudOf()));
            refused(GoodRoots.TooEarly.selector, block.timestamp + WINDOW);
            its.propose(head);
            vm.warp(block.timestamp + WINDOW);
        }
        its.end();
    }

    /// The known loss: with a window alone, and nobody looking for as long as it lasts, the operator takes everything.
    function test_threat_operator_with_window_and_nobody_awake_takes_all() public {
        SpaceVault its = windowOnly(address(0));
        start(its);
        Leaf[] memory fraud = fraudOf();
        propose(its, rootOf(fraud));
        vm.warp(block.timestamp + WINDOW);
        its.promote();
        uint256 before = operator.balance;
        claim(its, fraud, 1);
        equal(operator.balance - before, PAID_IN, "what the operator took");
        equal(address(its).balance, 0, "what is left");
    }

    function test_threat_operator_cannot_take_back_what_was_anchored() public {
        start(vault);
        Anchor memory head = anchor(vault, "payouts");
        vm.prank(operator);
        refused(Anchors.SizeNotAbove.selector, head.size, head.size);
        vault.anchor(head.size, ROOT, "other");
    }

    function test_threat_operator_vanishes_and_everybody_leaves() public {
        Leaf[] memory honest = start(vault);
        fund(vault, stranger, 3 ether);
        endSpace(vault);
        everybodyLeaves(vault, honest);
        vm.warp(block.timestamp + WINDOW);
        vault.leave(idOf(stranger));
        equal(token.balanceOf(stranger), 3 ether, "a deposit that the journal never saw");
        equal(token.balanceOf(address(vault)), 0, "what is left");
    }

    // Witnesses

    function test_threat_witnesses_without_operator_make_nothing_good() public {
        start(vault);
        (bytes32 previous, uint48 size) = vault.head();
        Anchor memory forged = Anchor(previous, size + 1, uint48(block.timestamp), ROOT, rootOf(fraudOf()));
        bytes[] memory signed = signatures(vault, forged, 5);
        refused(GoodRoots.AnchorUnknown.selector, keccak256(abi.encode(forged)));
        vault.endorse(forged, witnesses, signed);
        vm.prank(witnesses[0]);
        refused(Anchors.NotTheOperator.selector, witnesses[0]);
        vault.anchorEndorsed(forged.size, forged.root, forged.payoutRoot, witnesses, signed);
    }

    function test_threat_witness_signature_works_for_no_other_size() public {
        Anchor memory first = anchor(vault, "payouts");
        bytes[] memory signed = signatures(vault, first, 3);
        vault.endorse(first, witnesses, signed);
        Anchor memory later = anchor(vault, "payouts");
        refused(GoodRoots.WitnessSignatureWrong.selector, witnesses[0]);
        vault.endorse(later, witnesses, signed);
    }

    /// The known loss: with the operator, as many witnesses as are enough take everything that lies in the vault, and the
    /// bond of whoever objected to it. What was claimed before, and older bonds, they cannot reach.
    function test_threat_witnesses_with_the_operator_take_all() public {
        Leaf[] memory honest = start(coinVault);
        claim(coinVault, honest, 1);
        propose(coinVault, "junk");
        challenge(coinVault);
        Leaf[] memory fraud = payment(idOf(requester), idOf(operator), PAID_IN - EARNED);
        Anchor memory head = propose(coinVault, rootOf(fraud));
        challenge(coinVault);
        uint256 before = operator.balance;

        endorse(coinVault, head);
        claim(coinVault, fraud, 1);
        coinVault.takeBond(operator);
        equal(operator.balance - before, PAID_IN - EARNED + 2 * uint256(BOND), "what the operator took");
        coinVault.takeBond(challenger);
        equal(challenger.balance, 10_000 ether - 2 * uint256(BOND), "what the challenger has left");
        equal(address(coinVault).balance, 0, "what is left");
        equal(worker.balance, EARNED, "what the worker had claimed");

        endSpace(coinVault);
        settle(coinVault, fraud, 0);
        refused(Ledger.BondsOnly.selector, EARNED, 0);
        coinVault.leave(idOf(requester));
    }

    // A challenger that only wants to disturb

    function test_threat_challenger_griefing_costs_its_bond_where_there_are_witnesses() public {
        Leaf[] memory honest = start(coinVault);
        Leaf[] memory later = payment(idOf(requester), idOf(worker), EARNED + 1 ether);
        Anchor memory head = propose(coinVault, rootOf(later));
        challenge(coinVault);
        claim(coinVault, honest, 1);
        endorse(coinVault, head);
        claim(coinVault, later, 1);
        equal(worker.balance, EARNED + 1 ether, "the worker's balance");
        coinVault.takeBond(operator);
        equal(operator.balance, 10_000 ether + BOND, "the operator's balance");
        refused(GoodRoots.NoBond.selector, challenger);
        coinVault.takeBond(challenger);
    }

    function test_threat_challenger_griefing_delays_at_a_doubling_price_and_takes_nothing() public {
        SpaceVault its = windowOnly(address(0));
        Leaf[] memory honest = start(its);
        bytes32 later = rootOf(payment(idOf(requester), idOf(worker), EARNED + 1 ether));
        (,, uint48 at) = its.good();
        uint256 spent = 0;
        for (uint256 n = 0; n < EXIT_AFTER / WINDOW - 1; n++) {
            propose(its, later);
            spent += its.challengePrice();
            challenge(its);
        }
        equal(spent, 7 * uint256(BOND), "bonds held");
        claim(its, honest, 1);
        equal(worker.balance, EARNED, "claims go on");
        propose(its, later);
        vm.warp(block.timestamp + WINDOW);
        equal(block.timestamp, at + EXIT_AFTER, "the last proposal before the end");
        its.promote();
        equal(address(its).balance, PAID_IN - EARNED + spent, "nothing was taken");
    }

    // Relayers and front-runners

    function test_threat_relayer_that_saves_gas_leaves_the_claim_as_it_was() public {
        Leaf[] memory honest = start(coinVault);
        uint256[] memory one = new uint256[](1);
        one[0] = 1;
        (bytes32[] memory proof, bool[] memory flags) = Trees.proofOf(Trees.grow(honest), one);
        Leaf[] memory some = new Leaf[](1);
        some[0] = honest[1];
        for (uint256 limit = 40_000; limit < 120_000; limit += 1000) {
            try coinVault.claimMulti{gas: limit}(some, proof, flags) {} catch {}
            equal(worker.balance, coinVault.claimed(idOf(worker)), "paid and booked agree");
        }
        if (worker.balance == 0) claim(coinVault, honest, 1);
        equal(worker.balance, EARNED, "the worker's balance");
    }

    function test_threat_relayer_cannot_name_another_payee_or_amount() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(alice), EARNED);
        fund(vault, requester, PAID_IN);
        makeGood(vault, leaves);
        bytes memory signed = sign(ALICE_KEY, claimDigest(vault, worker, leaves[1]));
        bytes32[] memory proof = proofOf(leaves, 1);
        refused(Claims.SignatureWrong.selector, idOf(alice));
        vault.claimFor(stranger, leaves[1], proof, signed);
        leaves[1].claimable++;
        refused(Claims.SignatureWrong.selector, idOf(alice));
        vault.claimFor(worker, leaves[1], proof, signed);
    }

    function test_threat_frontrunner_of_a_permit_does_no_harm() public {
        vm.prank(alice);
        token.approve(address(vault), 0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ALICE_KEY, permitDigest(5, block.timestamp));
        vm.prank(stranger);
        token.permit(alice, address(vault), 5, block.timestamp, v, r, s);
        vm.prank(alice);
        vault.depositWithPermit(idOf(alice), 5, block.timestamp, v, r, s);
        equal(vault.deposited(idOf(alice)), 5, "deposited");
    }

    function test_threat_frontrunner_of_a_permit_cannot_pay_in_for_itself() public {
        vm.prank(alice);
        token.approve(address(vault), 0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ALICE_KEY, permitDigest(5, block.timestamp));
        vm.prank(stranger);
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)")));
        vault.depositWithPermit(idOf(stranger), 5, block.timestamp, v, r, s);
    }

    function test_threat_frontrunner_of_an_authorization_can_only_do_what_was_signed() public {
        bytes32 nonce = keccak256(abi.encode(idOf(worker), bytes32("salt")));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ALICE_KEY, authorizationDigest(5, nonce));
        uint256 before = block.timestamp + 1;
        vm.startPrank(stranger);
        refused(ERC3009.ERC3009InvalidSignature.selector);
        vault.depositWithAuthorization(alice, idOf(stranger), 5, 0, before, "salt", v, r, s);
        vm.expectPartialRevert(bytes4(keccak256("ERC20InvalidReceiver(address)")));
        token.receiveWithAuthorization(alice, address(vault), 5, 0, before, nonce, v, r, s);
        vault.depositWithAuthorization(alice, idOf(worker), 5, 0, before, "salt", v, r, s);
        equal(vault.deposited(idOf(worker)), 5, "deposited");
    }

    function test_threat_frontrunner_of_a_claim_pays_its_owner() public {
        Leaf[] memory honest = start(vault);
        vm.prank(stranger);
        claim(vault, honest, 1);
        equal(token.balanceOf(worker), EARNED, "the worker's balance");
        equal(token.balanceOf(stranger), 0, "the stranger's balance");
    }

    // A thief

    function test_threat_thief_of_one_P256_signature_pays_its_payee_once() public {
        P256Key memory key = p256Key(P256_KEY);
        fund(vault, requester, PAID_IN);
        Leaf[] memory leaves = payment(idOf(requester), idOf(key), EARNED);
        makeGood(vault, leaves);
        (bytes32 r, bytes32 s) = signP256(P256_KEY, claimDigest(vault, worker, leaves[1]));
        bytes32[] memory proof = proofOf(leaves, 1);

        vm.startPrank(stranger);
        refused(Claims.SignatureWrong.selector, idOf(key));
        vault.claimTo(stranger, key, leaves[1], proof, r, s);
        vault.claimTo(worker, key, leaves[1], proof, r, s);
        refused(Claims.NothingToClaim.selector, idOf(key));
        vault.claimTo(worker, key, leaves[1], proof, r, s);
        vm.stopPrank();

        Leaf[] memory later = payment(idOf(requester), idOf(key), EARNED + 1);
        makeGood(vault, later);
        proof = proofOf(later, 1);
        refused(Claims.SignatureWrong.selector, idOf(key));
        vault.claimTo(worker, key, later[1], proof, r, s);
        refused(Claims.SignatureWrong.selector, idOf(key));
        vault.leaveTo(worker, key, r, s);
    }

    // A requester that wants its money back after it has spent it

    function test_threat_spender_cannot_leave_with_what_it_spent() public {
        Leaf[] memory honest = start(vault);
        endSpace(vault);
        refused(GoodRoots.TooEarly.selector, block.timestamp + WINDOW);
        vault.leave(idOf(requester));
        vm.prank(stranger);
        settle(vault, honest, 0);
        uint256 before = token.balanceOf(requester);
        vault.leave(idOf(requester));
        equal(token.balanceOf(requester) - before, PAID_IN - EARNED, "what the requester left with");
    }

    /// The requester has paid in, the worker has earned, and a root that says so is good.
    function start(SpaceVault its) private returns (Leaf[] memory honest) {
        bool isCoin = its.terms().asset == address(0);
        if (!isCoin) {
            vm.prank(requester);
            token.approve(address(its), type(uint256).max);
        }
        fund(its, requester, PAID_IN);
        honest = payment(idOf(requester), idOf(worker), EARNED);
        if (its.terms().threshold != 0) {
            makeGood(its, honest);
        } else {
            propose(its, rootOf(honest));
            vm.warp(block.timestamp + WINDOW);
            its.promote();
        }
    }

    /// All that was paid in goes to the operator.
    function fraudOf() private view returns (Leaf[] memory) {
        return payment(idOf(requester), idOf(operator), PAID_IN);
    }

    function everybodyLeaves(SpaceVault its, Leaf[] memory honest) private {
        settle(its, honest, 0);
        settle(its, honest, 1);
        uint256 before = balanceOf(its, requester);
        its.leave(idOf(requester));
        its.leave(idOf(worker));
        equal(balanceOf(its, requester) - before, PAID_IN - EARNED, "what the requester left with");
        equal(balanceOf(its, worker), EARNED, "what the worker left with");
    }

    function balanceOf(SpaceVault its, address who) private view returns (uint256) {
        return its.terms().asset == address(0) ? who.balance : token.balanceOf(who);
    }
}
