// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISpaceVault, Leaf, P256Key} from "../src/interfaces/ISpaceVault.sol";
import {AccountIds} from "../src/libraries/AccountIds.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Claims} from "../src/vault/Claims.sol";
import {Ledger} from "../src/vault/Ledger.sol";
import {Bombing, Burning, BurningHook, Reentering, Refusing, Wallet1271} from "./mocks/Receivers.sol";
import {BlockingToken, HookToken} from "./mocks/Tokens.sol";
import {Trees} from "./Trees.sol";
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
            abi.encodeWithSelector(Claims.ClaimAboveHoldings.selector, idOf(worker), 5 ether + 1, 5 ether)
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
        if (!isCovered) refused(Claims.ClaimAboveHoldings.selector);
        this.claimAlone(leaves);
        if (isCovered) equal(token.balanceOf(worker), leaves[0].claimable, "balance");
    }

    function claimAlone(Leaf[] memory leaves) external {
        vault.claim(leaves[0], new bytes32[](0));
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

    // By signature

    function test_A_P256_account_names_its_payee() public {
        (Leaf[] memory leaves, P256Key memory key) = keyed();
        (bytes32 r, bytes32 s) = signP256(P256_KEY, claimDigest(vault, worker, leaves[1]));
        vm.prank(stranger);
        vault.claimTo(worker, key, leaves[1], proofOf(leaves, 1), r, s);
        equal(token.balanceOf(worker), 5 ether, "balance");
        equal(vault.claimed(leaves[1].account), 5 ether, "claimed");
    }

    function test_A_P256_signature_works_where_there_is_no_precompile() public {
        (Leaf[] memory leaves, P256Key memory key) = keyed();
        (bytes32 r, bytes32 s) = signP256(P256_KEY, claimDigest(vault, worker, leaves[1]));
        vm.setEvmVersion("prague");
        vault.claimTo(worker, key, leaves[1], proofOf(leaves, 1), r, s);
        equal(token.balanceOf(worker), 5 ether, "balance");
    }

    function test_A_P256_signature_with_high_s_is_refused() public {
        (Leaf[] memory leaves, P256Key memory key) = keyed();
        (bytes32 r, bytes32 s) = signP256(P256_KEY, claimDigest(vault, worker, leaves[1]));
        s = bytes32(P256_ORDER - uint256(s));
        bytes32[] memory proof = proofOf(leaves, 1);
        refused(Claims.SignatureWrong.selector, leaves[1].account);
        vault.claimTo(worker, key, leaves[1], proof, r, s);
    }

    function test_Another_key_cannot_name_the_payee() public {
        (Leaf[] memory leaves,) = keyed();
        bytes32 digest = claimDigest(vault, stranger, leaves[1]);
        (bytes32 r, bytes32 s) = signP256(P256_KEY + 1, digest);
        bytes32[] memory proof = proofOf(leaves, 1);
        P256Key memory other = p256Key(P256_KEY + 1);
        refused(Claims.SignatureWrong.selector, leaves[1].account);
        vault.claimTo(stranger, other, leaves[1], proof, r, s);
    }

    function test_A_wallet_names_another_payee() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(alice), 5 ether);
        makeGood(vault, leaves);
        bytes memory signed = sign(ALICE_KEY, claimDigest(vault, worker, leaves[1]));
        vault.claimFor(worker, leaves[1], proofOf(leaves, 1), signed);
        equal(token.balanceOf(worker), 5 ether, "balance");
    }

    function test_A_contract_wallet_names_another_payee() public {
        address wallet = address(new Wallet1271(alice, false));
        Leaf[] memory leaves = payment(idOf(requester), idOf(wallet), 5 ether);
        makeGood(coinVault, leaves);
        bytes memory signed = sign(ALICE_KEY, claimDigest(coinVault, worker, leaves[1]));
        coinVault.claimFor(worker, leaves[1], proofOf(leaves, 1), signed);
        equal(worker.balance, 5 ether, "balance");
    }

    function test_Another_payee_than_the_one_signed_is_refused() public {
        Leaf[] memory leaves = payment(idOf(requester), idOf(alice), 5 ether);
        makeGood(vault, leaves);
        bytes memory signed = sign(ALICE_KEY, claimDigest(vault, worker, leaves[1]));
        bytes32[] memory proof = proofOf(leaves, 1);
        refused(Claims.SignatureWrong.selector, idOf(alice));
        vault.claimFor(stranger, leaves[1], proof, signed);
    }

    // Batches

    function test_A_batch_pays_each_wallet() public {
        (Leaf[] memory leaves, Leaf[] memory some) = batch(vault, 5 ether);
        payBatch(vault, leaves, some);
        for (uint256 i = 0; i < some.length; i++) {
            equal(token.balanceOf(walletOf(some[i])), 5 ether, "balance");
        }
    }

    function testFuzz_Any_part_of_a_tree_is_paid(uint16 which) public {
        Leaf[] memory leaves = manyLeaves(16, 1 ether);
        makeGood(vault, leaves);
        uint256[] memory chosen = new uint256[](16);
        uint256 count = 0;
        for (uint256 i = 1; i < 16; i++) {
            if (which >> i & 1 == 1) chosen[count++] = i;
        }
        vm.assume(count > 0);
        assembly {
            mstore(chosen, count)
        }
        (bytes32[] memory proof, bool[] memory flags) = Trees.proofOf(Trees.grow(leaves), chosen);
        vault.claimMulti(pick(leaves, chosen), proof, flags);
        for (uint256 i = 1; i < 16; i++) {
            equal(token.balanceOf(walletOf(leaves[i])), (which >> i & 1) * 1 ether, "balance");
        }
    }

    function test_A_batch_passes_over_who_was_paid_before() public {
        (Leaf[] memory leaves, Leaf[] memory some) = batch(vault, 5 ether);
        claim(vault, leaves, 2);
        payBatch(vault, leaves, some);
        payBatch(vault, leaves, some);
        for (uint256 i = 0; i < some.length; i++) {
            equal(token.balanceOf(walletOf(some[i])), 5 ether, "balance");
        }
    }

    function test_A_batch_outside_the_root_is_refused() public {
        (Leaf[] memory leaves, Leaf[] memory some) = batch(vault, 5 ether);
        (bytes32[] memory proof, bool[] memory flags) = Trees.proofOf(Trees.grow(leaves), places(some.length));
        some[1].claimable++;
        refused(Claims.BatchNotInPayoutRoot.selector);
        vault.claimMulti(some, proof, flags);
    }

    function test_A_batch_holds_wallets_only() public {
        bytes32 account = idOf(p256Key(P256_KEY));
        Leaf[] memory leaves = payment(idOf(requester), account, 5 ether);
        makeGood(vault, leaves);
        (bytes32[] memory proof, bool[] memory flags) = Trees.proofOf(Trees.grow(leaves), places(1));
        Leaf[] memory some = pick(leaves, places(1));
        refused(AccountIds.NotAWallet.selector, account);
        vault.claimMulti(some, proof, flags);
    }

    function test_Receivers_that_refuse_burn_or_bomb_are_left_unpaid() public {
        address[3] memory bad = [address(new Refusing()), address(new Burning()), address(new Bombing())];
        Leaf[] memory leaves = manyLeaves(8, 5 ether);
        for (uint256 i = 0; i < bad.length; i++) {
            leaves[2 * i + 1].account = idOf(bad[i]);
        }
        makeGood(coinVault, leaves);
        vm.expectEmit(address(coinVault));
        emit ISpaceVault.Unpaid(idOf(bad[0]), 5 ether);
        payBatch(coinVault, leaves, pick(leaves, places(7)));
        atMost(vm.lastCallGas().gasTotalUsed, 800_000, "gas of the batch");
        for (uint256 i = 1; i < leaves.length; i++) {
            bool isBad = i % 2 == 1 && i < 6;
            equal(walletOf(leaves[i]).balance, isBad ? 0 : 5 ether, "balance");
            equal(coinVault.claimed(leaves[i].account), isBad ? 0 : 5 ether, "claimed");
        }
    }

    function test_A_token_that_refuses_one_receiver_pays_the_others() public {
        BlockingToken it = new BlockingToken();
        SpaceVault its = SpaceVault(factory.create(SPACE, terms(address(it))));
        it.mint(address(its), 100 ether);
        Leaf[] memory leaves = manyLeaves(4, 5 ether);
        makeGood(its, leaves);
        address blocked = walletOf(leaves[2]);
        for (uint256 i = 0; i < 2; i++) {
            it.block_(blocked, i == 1);
            vm.expectEmit(address(its));
            emit ISpaceVault.Unpaid(idOf(blocked), 5 ether);
            payBatch(its, leaves, pick(leaves, places(3)));
            equal(it.balanceOf(blocked), 0, "the blocked one's balance");
            equal(it.balanceOf(walletOf(leaves[3])), 5 ether, "the other's balance");
        }
        it.block_(address(0), false);
        claim(its, leaves, 2);
        equal(it.balanceOf(blocked), 5 ether, "balance");
    }

    function test_The_hook_of_a_token_cannot_burn_a_batch() public {
        HookToken it = new HookToken();
        SpaceVault its = SpaceVault(factory.create(SPACE, terms(address(it))));
        it.mint(address(its), 100 ether);
        Leaf[] memory leaves = manyLeaves(4, 5 ether);
        leaves[2].account = idOf(address(new BurningHook()));
        makeGood(its, leaves);
        payBatch(its, leaves, pick(leaves, places(3)));
        atMost(vm.lastCallGas().gasTotalUsed, 600_000, "gas of the batch");
        equal(it.balanceOf(walletOf(leaves[3])), 5 ether, "the other's balance");
    }

    function keyed() private returns (Leaf[] memory leaves, P256Key memory key) {
        key = p256Key(P256_KEY);
        leaves = payment(idOf(requester), idOf(key), 5 ether);
        makeGood(vault, leaves);
    }

    function manyLeaves(uint256 count, uint256 each) private view returns (Leaf[] memory leaves) {
        leaves = new Leaf[](count);
        leaves[0] = Leaf(idOf(requester), 0, -int256((count - 1) * each));
        for (uint256 i = 1; i < count; i++) {
            leaves[i] = Leaf(bytes32(0xabc0000 + i), each, int256(each));
        }
    }

    /// Four leaves, of which the last three are paid.
    function batch(SpaceVault which, uint256 each)
        private
        returns (Leaf[] memory leaves, Leaf[] memory some)
    {
        leaves = manyLeaves(4, each);
        makeGood(which, leaves);
        some = pick(leaves, places(3));
    }

    /// 1, 2, … count.
    function places(uint256 count) private pure returns (uint256[] memory chosen) {
        chosen = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            chosen[i] = i + 1;
        }
    }

    function pick(Leaf[] memory leaves, uint256[] memory chosen) private pure returns (Leaf[] memory some) {
        some = new Leaf[](chosen.length);
        for (uint256 i = 0; i < chosen.length; i++) {
            Leaf memory it = leaves[chosen[i]];
            some[i] = Leaf(it.account, it.claimable, it.net);
        }
    }

    function payBatch(SpaceVault which, Leaf[] memory leaves, Leaf[] memory some) private {
        (bytes32[] memory proof, bool[] memory flags) = Trees.proofOf(Trees.grow(leaves), places(some.length));
        which.claimMulti(some, proof, flags);
    }

    function walletOf(Leaf memory leaf) private pure returns (address) {
        return address(uint160(uint256(leaf.account)));
    }
}
