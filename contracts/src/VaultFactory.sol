// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {Terms} from "./interfaces/ISpaceVault.sol";
import {IVaultFactory} from "./interfaces/IVaultFactory.sol";
import {SpaceVault} from "./SpaceVault.sol";

/// Any number of vaults, of any terms; it keeps nothing and owns nothing.
contract VaultFactory is IVaultFactory {
    error VaultExists(address vault);

    /// @inheritdoc IVaultFactory
    function create(bytes32 space, Terms calldata terms) external returns (address vault) {
        vault = vaultOf(space, terms);
        if (vault.code.length != 0) revert VaultExists(vault);
        emit VaultCreated(space, vault);
        new SpaceVault{salt: space}(space, terms);
    }

    /// @inheritdoc IVaultFactory
    function vaultOf(bytes32 space, Terms calldata terms) public view returns (address vault) {
        bytes memory initCode = abi.encodePacked(type(SpaceVault).creationCode, abi.encode(space, terms));
        return Create2.computeAddress(space, keccak256(initCode));
    }
}
