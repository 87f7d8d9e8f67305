// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// The deposits of a vault and nothing else, many at once: what the watcher is tested with under load.
contract Till {
    event Deposited(bytes32 indexed account, uint256 amount, uint256 total);

    error TooMany(uint256 count);

    mapping(bytes32 account => uint256) public deposited;

    function deposit(bytes32 account) external payable {
        deposited[account] += msg.value;
        emit Deposited(account, msg.value, deposited[account]);
    }

    /// One unit each for the accounts from `first` on.
    function depositMany(uint256 first, uint256 count) external {
        if (count > 1000) revert TooMany(count);
        for (uint256 account = first; account < first + count; account++) {
            deposited[bytes32(account)] += 1;
            emit Deposited(bytes32(account), 1, deposited[bytes32(account)]);
        }
    }

    /// An amount no space can count.
    function depositTooMuch(bytes32 account) external {
        emit Deposited(account, type(uint256).max, type(uint256).max);
    }

    function refuse(string calldata why) external pure {
        require(bytes(why).length == 0, why);
        assert(false);
    }
}
