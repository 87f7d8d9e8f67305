// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Leaf, P256Key} from "../src/interfaces/ISpaceVault.sol";
import {Claims} from "../src/vault/Claims.sol";
import {Wallet1271} from "./mocks/Receivers.sol";
import {VaultTest} from "./VaultTest.sol";

/// Claims whose payee the account names.
contract SignedClaimsTest is VaultTest {
    function setUp() public override {
        super.setUp();
        fund(vault, requester, 100 ether);
        fund(coinVault, requester, 100 ether);
    }

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

    function keyed() private returns (Leaf[] memory leaves, P256Key memory key) {
        key = p256Key(P256_KEY);
        leaves = payment(idOf(requester), idOf(key), 5 ether);
        makeGood(vault, leaves);
    }
}
