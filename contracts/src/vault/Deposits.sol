// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ISpaceVault} from "../interfaces/ISpaceVault.sol";
import {AccountIds} from "../libraries/AccountIds.sol";
import {Bookkeeping} from "../libraries/Bookkeeping.sol";
import {Ledger} from "./Ledger.sol";

/// Four ways in. Each ends in `_credit`, and the token ways let nothing pass but the amount itself.
abstract contract Deposits is Ledger {
    error NotTheNativeCoin(address asset);
    error NotAToken();
    error NothingDeposited();
    error AmountChanged(uint256 amount, uint256 received);
    error AccountIsSettled(bytes32 account);

    /// @inheritdoc ISpaceVault
    function deposit(bytes32 account) external payable {
        if (_asset != address(0)) revert NotTheNativeCoin(_asset);
        _credit(account, msg.value);
    }

    /// @inheritdoc ISpaceVault
    function deposit(bytes32 account, uint256 amount) external alone {
        uint256 before = _tokens();
        _credit(account, amount);
        _pull(amount, before);
    }

    /// @inheritdoc ISpaceVault
    function depositWithPermit(
        bytes32 account,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external alone {
        uint256 before = _tokens();
        _credit(account, amount);
        // Whoever saw the permit may have used it first. Then the allowance is there, and that is all we need.
        try IERC20Permit(_asset).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        _pull(amount, before);
    }

    /// @inheritdoc ISpaceVault
    function depositWithAuthorization(
        address from,
        bytes32 account,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external alone {
        uint256 before = _tokens();
        _credit(account, amount);
        bytes32 nonce = keccak256(abi.encode(account, salt));
        IERC3009(_asset)
            .receiveWithAuthorization(from, address(this), amount, validAfter, validBefore, nonce, v, r, s);
        _requireReceived(amount, before);
    }

    function _credit(bytes32 account, uint256 amount) private {
        if (amount == 0) revert NothingDeposited();
        AccountIds.requireKnown(account);
        Account storage entry = _accounts[account];
        if (entry.isSettled) revert AccountIsSettled(account);
        uint256 total = Bookkeeping.plus(entry.deposited, amount);

        entry.deposited = uint120(total);

        emit Deposited(account, amount, total);
    }

    function _pull(uint256 amount, uint256 before) private {
        SafeERC20.safeTransferFrom(IERC20(_asset), msg.sender, address(this), amount);
        _requireReceived(amount, before);
    }

    function _requireReceived(uint256 amount, uint256 before) private view {
        uint256 received = _tokens() - before;
        if (received != amount) revert AmountChanged(amount, received);
    }

    function _tokens() private view returns (uint256) {
        if (_asset == address(0)) revert NotAToken();
        return IERC20(_asset).balanceOf(address(this));
    }
}
