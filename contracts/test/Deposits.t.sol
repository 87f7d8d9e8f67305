// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ISpaceVault, Leaf} from "../src/interfaces/ISpaceVault.sol";
import {AccountIds} from "../src/libraries/AccountIds.sol";
import {Bookkeeping} from "../src/libraries/Bookkeeping.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Deposits} from "../src/vault/Deposits.sol";
import {HookedDepositor} from "./mocks/Receivers.sol";
import {
    AuthorizedFeeToken,
    FeeToken,
    HookToken,
    OpenToken,
    RefusingToken,
    SilentToken
} from "./mocks/Tokens.sol";
import {VaultTest} from "./VaultTest.sol";

contract DepositsTest is VaultTest {
    // Native coin

    function test_Coin_is_credited_and_the_event_says_the_total() public {
        fund(coinVault, worker, 2 ether);
        vm.expectEmit(address(coinVault));
        emit ISpaceVault.Deposited(idOf(worker), 3 ether, 5 ether);
        fund(coinVault, worker, 3 ether);
        equal(coinVault.deposited(idOf(worker)), 5 ether, "deposited");
        equal(address(coinVault).balance, 5 ether, "balance");
    }

    function testFuzz_Coin_of_any_amount_is_credited(uint120 first, uint120 second, address account) public {
        vm.assume(account != address(0));
        (uint256 a, uint256 b) = (within(first, 1, 1e27), within(second, 1, 1e27));
        vm.deal(address(this), a + b);
        coinVault.deposit{value: a}(idOf(account));
        coinVault.deposit{value: b}(idOf(account));
        equal(coinVault.deposited(idOf(account)), a + b, "deposited");
        equal(address(coinVault).balance, a + b, "balance");
    }

    function test_A_P256_account_can_be_paid_in_for() public {
        bytes32 account = idOf(p256Key(P256_KEY));
        vm.deal(address(this), 1 ether);
        coinVault.deposit{value: 1 ether}(account);
        equal(coinVault.deposited(account), 1 ether, "deposited");
    }

    function test_Nothing_is_no_deposit() public {
        refused(Deposits.NothingDeposited.selector);
        coinVault.deposit{value: 0}(idOf(worker));
    }

    function test_An_account_of_neither_kind_is_refused() public {
        bytes32[3] memory strange = [bytes32(0), bytes32(uint256(1) << 160), bytes32(uint256(2) << 248)];
        vm.deal(address(this), 1 ether);
        for (uint256 i = 0; i < strange.length; i++) {
            refused(AccountIds.AccountUnknown.selector, strange[i]);
            coinVault.deposit{value: 1}(strange[i]);
        }
    }

    function test_The_largest_address_is_a_wallet() public {
        fund(coinVault, address(type(uint160).max), 1);
        equal(coinVault.deposited(bytes32(uint256(type(uint160).max))), 1, "deposited");
    }

    function test_Coin_is_refused_by_a_vault_of_tokens() public {
        refused(Deposits.NotTheNativeCoin.selector, address(token));
        vault.deposit{value: 0}(idOf(worker));
    }

    function test_Coin_that_is_merely_sent_is_refused() public {
        vm.deal(address(this), 1 ether);
        (bool isTaken,) = address(coinVault).call{value: 1 ether}("");
        isTrue(!isTaken, "no account was named");
    }

    // Tokens

    function test_Tokens_are_pulled_from_the_sender() public {
        vm.expectEmit(address(vault));
        emit ISpaceVault.Deposited(idOf(worker), 3 ether, 3 ether);
        fund(vault, worker, 3 ether);
        equal(vault.deposited(idOf(worker)), 3 ether, "deposited");
        equal(token.balanceOf(address(vault)), 3 ether, "balance");
        equal(token.balanceOf(requester), 10_000 ether - 3 ether, "the sender's balance");
    }

    function testFuzz_Tokens_of_any_amount_are_credited(uint256 amount) public {
        amount = within(amount, 1, type(uint120).max);
        token.mint(requester, amount);
        fund(vault, worker, amount);
        equal(vault.deposited(idOf(worker)), amount, "deposited");
    }

    function test_An_account_holds_less_than_two_to_the_120() public {
        token.mint(requester, 1 << 120);
        fund(vault, worker, type(uint120).max);
        vm.prank(requester);
        refused(Bookkeeping.TotalTooLarge.selector, uint256(1 << 120));
        vault.deposit(idOf(worker), 1);
    }

    function test_Tokens_are_refused_by_a_vault_of_coin() public {
        refused(Deposits.NotAToken.selector);
        coinVault.deposit(idOf(worker), 1);
        refused(Deposits.NotAToken.selector);
        coinVault.depositWithPermit(idOf(worker), 1, 0, 0, 0, 0);
        refused(Deposits.NotAToken.selector);
        coinVault.depositWithAuthorization(alice, idOf(alice), 1, 0, 0, 0, 0, 0, 0);
    }

    function test_A_token_that_takes_a_fee_is_refused() public {
        FeeToken fee = new FeeToken();
        SpaceVault its = vaultOf(fee);
        refused(Deposits.AmountChanged.selector, 100, 99);
        vm.prank(requester);
        its.deposit(idOf(worker), 100);
    }

    function test_A_token_that_takes_a_fee_is_refused_with_an_authorization_too() public {
        token = new AuthorizedFeeToken();
        token.mint(alice, 100);
        vault = SpaceVault(factory.create(SPACE, terms(address(token))));
        refused(Deposits.AmountChanged.selector, 50, 49);
        this.authorize(idOf(alice), idOf(alice), 50);
    }

    function test_A_token_that_says_no_is_refused() public {
        RefusingToken no = new RefusingToken();
        SpaceVault its = vaultOf(no);
        refused(SafeERC20.SafeERC20FailedOperation.selector, address(no));
        vm.prank(requester);
        its.deposit(idOf(worker), 100);
    }

    function test_A_token_that_says_nothing_goes_in_and_out() public {
        SilentToken silent = new SilentToken();
        SpaceVault its = SpaceVault(factory.create(SPACE, terms(address(silent))));
        silent.mint(requester, 100);
        vm.prank(requester);
        its.deposit(idOf(requester), 100);
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 40);
        makeGood(its, leaves);
        claim(its, leaves, 1);
        equal(silent.balanceOf(worker), 40, "balance");
    }

    function test_A_deposit_within_a_deposit_is_refused() public {
        HookToken hook = new HookToken();
        SpaceVault its = SpaceVault(factory.create(SPACE, terms(address(hook))));
        HookedDepositor depositor = new HookedDepositor();
        hook.mint(address(depositor), 100);
        depositor.run(address(hook), abi.encodeCall(hook.approve, (address(its), 100)));
        bytes memory again = abi.encodeWithSignature("deposit(bytes32,uint256)", idOf(worker), 10);
        depositor.say(address(its), again);
        depositor.run(address(its), abi.encodeWithSignature("deposit(bytes32,uint256)", idOf(worker), 20));
        isTrue(!depositor.wasLetIn(), "the inner deposit");
        equal(its.deposited(idOf(worker)), 20, "deposited");
    }

    // By signature

    function test_A_permit_pays_in() public {
        vm.prank(alice);
        token.approve(address(vault), 0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ALICE_KEY, permitDigest(5, block.timestamp));
        vm.prank(alice);
        vault.depositWithPermit(idOf(worker), 5, block.timestamp, v, r, s);
        equal(vault.deposited(idOf(worker)), 5, "deposited");
    }

    function test_An_authorization_pays_in_by_anybody() public {
        authorize(idOf(worker), idOf(worker), 5);
        equal(vault.deposited(idOf(worker)), 5, "deposited");
        equal(token.balanceOf(alice), 10_000 ether - 5, "the payer's balance");
    }

    function test_An_authorization_pays_in_for_no_other_account() public {
        refused(ERC3009.ERC3009InvalidSignature.selector);
        this.authorize(idOf(worker), idOf(stranger), 5);
    }

    function test_An_authorization_pays_in_once() public {
        authorize(idOf(worker), idOf(worker), 5);
        vm.expectPartialRevert(ERC3009.ERC3009UsedAuthorization.selector);
        this.authorize(idOf(worker), idOf(worker), 5);
    }

    // After the end

    function test_An_account_that_is_settled_takes_no_more() public {
        fund(vault, requester, 10);
        Leaf[] memory leaves = payment(idOf(requester), idOf(worker), 4);
        makeGood(vault, leaves);
        endSpace(vault);
        settle(vault, leaves, 1);
        refused(Deposits.AccountIsSettled.selector, idOf(worker));
        vm.prank(requester);
        vault.deposit(idOf(worker), 1);
    }

    function authorize(bytes32 signedFor, bytes32 account, uint256 amount) public {
        bytes32 nonce = keccak256(abi.encode(signedFor, bytes32("salt")));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ALICE_KEY, authorizationDigest(amount, nonce));
        uint256 before = block.timestamp + 1;
        vault.depositWithAuthorization(alice, account, amount, 0, before, "salt", v, r, s);
    }

    function vaultOf(OpenToken it) private returns (SpaceVault which) {
        which = SpaceVault(factory.create(SPACE, terms(address(it))));
        it.mint(requester, 1000);
        vm.prank(requester);
        it.approve(address(which), 1000);
    }
}
