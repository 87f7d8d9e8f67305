// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {P256Key} from "../interfaces/ISpaceVault.sol";

/// The two kinds of accounts, told apart by their bytes: an address left-padded with zeros, or `0x01` and 31 bytes of
/// the hash of a P-256 key.
library AccountIds {
    /// Nobody could ever take money out of an account of neither kind.
    error AccountUnknown(bytes32 account);
    error NotAWallet(bytes32 account);

    function isWallet(bytes32 account) internal pure returns (bool) {
        return account != 0 && uint256(account) <= type(uint160).max;
    }

    function requireKnown(bytes32 account) internal pure {
        if (!isWallet(account) && account[0] != 0x01) revert AccountUnknown(account);
    }

    function walletOf(bytes32 account) internal pure returns (address) {
        if (!isWallet(account)) revert NotAWallet(account);
        return address(uint160(uint256(account)));
    }

    function accountOf(P256Key calldata key) internal pure returns (bytes32) {
        uint256 hash = uint256(keccak256(abi.encode(key.x, key.y)));
        return bytes32((1 << 248) | (hash & type(uint248).max));
    }
}
