// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ISpaceVault} from "../interfaces/ISpaceVault.sol";
import {Bookkeeping} from "../libraries/Bookkeeping.sol";
import {VaultTerms} from "./VaultTerms.sol";

/// What came in and went out for each account, and the only way out for the asset.
abstract contract Ledger is VaultTerms {
    /// One slot: a claim reads and writes nothing else of an account.
    struct Account {
        uint120 deposited;
        uint120 claimed;
        bool isSettled;
    }

    error PaymentFailed(address payee, uint256 amount);
    error BondsOnly(uint256 amount, uint256 available);
    error Busy();

    mapping(bytes32 account => Account) internal _accounts;

    /// Not zero while money moves.
    uint256 private transient _busy;

    /// Whoever is called while money moves, a receiver or a token, finds every door of the ledger shut.
    modifier alone() {
        if (_busy != 0) revert Busy();
        _busy = 1;
        _;
        _busy = 0;
    }

    /// @inheritdoc ISpaceVault
    function deposited(bytes32 account) external view returns (uint256) {
        return _accounts[account].deposited;
    }

    /// @inheritdoc ISpaceVault
    function claimed(bytes32 account) external view returns (uint256) {
        return _accounts[account].claimed;
    }

    function _pay(address payee, uint256 amount) internal {
        if (!_send(payee, amount, gasleft())) revert PaymentFailed(payee, amount);
    }

    /// Pays the asset with at most `gasLimit` gas and takes at most one word of answer, so a receiver can neither
    /// burn the caller's gas nor fill its memory. Tokens that answer nothing are taken at their word.
    function _send(address payee, uint256 amount, uint256 gasLimit) internal returns (bool isPaid) {
        if (_asset == address(0)) {
            _requireNotBonds(amount);
            return _sendNative(payee, amount, gasLimit);
        }
        address token = _asset;
        bytes4 transfer = IERC20.transfer.selector;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, transfer)
            mstore(add(words, 0x04), payee)
            mstore(add(words, 0x24), amount)
            isPaid := call(gasLimit, token, 0, words, 0x44, 0, 0x20)
            let saysYes := and(gt(returndatasize(), 0x1f), eq(mload(0), 1))
            isPaid := and(isPaid, or(iszero(returndatasize()), saysYes))
        }
    }

    function _sendNative(address payee, uint256 amount, uint256 gasLimit) internal returns (bool isPaid) {
        assembly ("memory-safe") {
            isPaid := call(gasLimit, payee, amount, 0, 0, 0, 0)
        }
    }

    /// Bonds lie beside the native coin of the accounts. However wrong a tree is, it cannot spend them.
    function _requireNotBonds(uint256 amount) private view {
        if (_window == 0) return;
        uint256 available = Bookkeeping.above(address(this).balance, _bondsHeld());
        if (amount > available) revert BondsOnly(amount, available);
    }

    function _bondsHeld() internal view virtual returns (uint256);
}
