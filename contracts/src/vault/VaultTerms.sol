// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {ISpaceVault, Terms} from "../interfaces/ISpaceVault.sol";

/// What the vault is bound to. All of it is in the code, not in storage, so reading it is free and nobody can change it.
abstract contract VaultTerms is ISpaceVault, EIP712 {
    error AssetHasNoCode(address asset);
    error OperatorMissing();
    error PolicyMissing();
    error WitnessesUnusable(bytes32 witnesses, uint256 threshold);
    error BondMissing(uint256 window);
    error ExitTooEarly(uint256 exitAfter, uint256 window);

    /// @inheritdoc ISpaceVault
    bytes32 public immutable space;

    address internal immutable _asset;
    address internal immutable _operator;
    address internal immutable _anchorage;
    bytes32 internal immutable _witnesses;
    uint256 internal immutable _threshold;
    uint256 internal immutable _window;
    uint256 internal immutable _exitAfter;
    uint256 internal immutable _bond;

    /// Refuses terms under which money could come in but no payout root could ever become good, under which anybody
    /// could hold a space up for nothing, or under which the space could be ended while its first proposal waits.
    constructor(bytes32 space_, Terms memory terms_) EIP712("ChainSpace", "1") {
        if (terms_.asset != address(0) && terms_.asset.code.length == 0) revert AssetHasNoCode(terms_.asset);
        if (terms_.operator == address(0)) revert OperatorMissing();
        if (terms_.threshold == 0 && terms_.window == 0) revert PolicyMissing();
        if ((terms_.threshold == 0) != (terms_.witnesses == 0)) {
            revert WitnessesUnusable(terms_.witnesses, terms_.threshold);
        }
        if (terms_.window != 0 && terms_.bond == 0) revert BondMissing(terms_.window);
        if (terms_.exitAfter <= terms_.window) revert ExitTooEarly(terms_.exitAfter, terms_.window);

        space = space_;
        _asset = terms_.asset;
        _operator = terms_.operator;
        _anchorage = terms_.anchorage;
        _witnesses = terms_.witnesses;
        _threshold = terms_.threshold;
        _window = terms_.window;
        _exitAfter = terms_.exitAfter;
        _bond = terms_.bond;
    }

    /// @inheritdoc ISpaceVault
    function terms() external view returns (Terms memory) {
        return Terms({
            asset: _asset,
            operator: _operator,
            anchorage: _anchorage,
            witnesses: _witnesses,
            threshold: uint8(_threshold),
            window: uint32(_window),
            exitAfter: uint32(_exitAfter),
            bond: uint128(_bond)
        });
    }
}
