// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISpaceVault, Leaf} from "../src/interfaces/ISpaceVault.sol";
import {AccountIds} from "../src/libraries/AccountIds.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Claims} from "../src/vault/Claims.sol";
import {Bombing, Burning, BurningHook, Refusing} from "./mocks/Receivers.sol";
import {BlockingToken, HookToken} from "./mocks/Tokens.sol";
import {Trees} from "./Trees.sol";
import {VaultTest} from "./VaultTest.sol";

/// Claims of many wallets at once.
contract BatchesTest is VaultTest {
    function setUp() public override {
        super.setUp();
        fund(vault, requester, 100 ether);
        fund(coinVault, requester, 100 ether);
    }

    function test_A_batch_pays_each_wallet_and_says_so() public {
        (Leaf[] memory leaves, Leaf[] memory some) = batch(vault, 5 ether);
        for (uint256 i = 0; i < some.length; i++) {
            vm.expectEmit(address(vault));
            emit ISpaceVault.Claimed(some[i].account, walletOf(some[i]), 5 ether, 5 ether);
        }
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
