// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISpaceVault, Leaf, P256Key} from "../interfaces/ISpaceVault.sol";
import {AccountIds} from "../libraries/AccountIds.sol";
import {Bookkeeping} from "../libraries/Bookkeeping.sol";
import {Claims} from "./Claims.sol";

/// The way out when the operator is gone: everybody gets what it paid in, plus what the last good root says the space
/// moved to it or from it, less what it was paid already. It needs nobody's consent.
abstract contract Ending is Claims {
    error NotEnded();
    error PromotionDue();
    error SettledAlready(bytes32 account);
    error NothingDue(bytes32 account);

    bytes32 private constant LEAVE_TYPE = keccak256("Leave(bytes32 account,address payee)");

    /// Who spent has a leaf; the others have this long to settle it before it can leave by its deposits alone.
    uint256 private constant LEAFLESS_WAIT_MINIMUM = 1 days;

    /// What settled accounts have not taken yet.
    mapping(bytes32 account => uint256) private _due;

    /// @inheritdoc ISpaceVault
    function end() external alone {
        if (_good.endedAt != 0) revert AlreadyEnded();
        uint256 from = _good.at + _exitAfter;
        if (block.timestamp < from) revert TooEarly(from);
        if (_isOverdue()) revert PromotionDue();

        _good.endedAt = uint48(block.timestamp);
        _closeHead();

        emit Ended(_good.size, _good.payoutRoot);
    }

    /// @inheritdoc ISpaceVault
    function settle(Leaf calldata leaf, bytes32[] calldata proof) external alone {
        if (_good.endedAt == 0) revert NotEnded();
        _requireInPayoutRoot(leaf, proof);
        Account storage entry = _accounts[leaf.account];
        if (entry.isSettled) revert SettledAlready(leaf.account);
        uint256 due = Bookkeeping.due(entry.deposited, entry.claimed, leaf.net);

        entry.isSettled = true;
        _due[leaf.account] = due;

        emit Settled(leaf.account, due);
    }

    /// @inheritdoc ISpaceVault
    function leave(bytes32 account) external alone {
        _leave(AccountIds.walletOf(account), account);
    }

    /// @inheritdoc ISpaceVault
    function leaveTo(address payee, P256Key calldata key, bytes32 r, bytes32 s) external alone {
        bytes32 account = AccountIds.accountOf(key);
        _requireKeySigned(account, key, _leaveDigest(payee, account), r, s);
        _leave(payee, account);
    }

    /// @inheritdoc ISpaceVault
    function leaveFor(address payee, bytes32 account, bytes calldata signature) external alone {
        _requireWalletSigned(account, _leaveDigest(payee, account), signature);
        _leave(payee, account);
    }

    function _leave(address payee, bytes32 account) private {
        Account storage entry = _accounts[account];
        uint256 amount = entry.isSettled ? _due[account] : _leaflessDue(entry);
        if (amount == 0) revert NothingDue(account);

        // Whoever leaves before it is settled can be settled later: what it took counts as claimed.
        _due[account] = 0;
        entry.claimed = uint120(Bookkeeping.plus(entry.claimed, amount));

        emit Left(account, payee, amount);
        _pay(payee, amount);
    }

    function _leaflessDue(Account storage entry) private view returns (uint256) {
        if (_good.endedAt == 0) revert NotEnded();
        uint256 wait = _window;
        if (wait < LEAFLESS_WAIT_MINIMUM) wait = LEAFLESS_WAIT_MINIMUM;
        uint256 from = _good.endedAt + wait;
        if (block.timestamp < from) revert TooEarly(from);
        return Bookkeeping.due(entry.deposited, entry.claimed, 0);
    }

    function _leaveDigest(address payee, bytes32 account) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(LEAVE_TYPE, account, payee)));
    }
}
