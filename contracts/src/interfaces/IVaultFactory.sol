// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Terms} from "./ISpaceVault.sol";

/// Deploys vaults at addresses anybody can compute: CREATE2, the salt is the space's id, the init code is the vault's
/// with space and terms. Whoever deploys has no say in the vault: the address itself vouches for the terms.
interface IVaultFactory {
    event VaultCreated(bytes32 indexed space, address vault);

    /// Deploys the vault of these terms. Fails when it is there already.
    function create(bytes32 space, Terms calldata terms) external returns (address vault);

    /// Where `create` puts, or has put, the vault of these terms.
    function vaultOf(bytes32 space, Terms calldata terms) external view returns (address vault);
}
