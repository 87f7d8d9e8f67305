// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Terms} from "./interfaces/ISpaceVault.sol";
import {Deposits} from "./vault/Deposits.sol";
import {Ending} from "./vault/Ending.sol";
import {VaultTerms} from "./vault/VaultTerms.sol";

/// The vault of one space. Read it in this order: what it is bound to (VaultTerms), what it keeps for each account and
/// how it pays (Ledger), money in (Deposits), the journal's head (Anchors), which root may be claimed against
/// (GoodRoots), money out (Claims), and the way out when nobody is left (Ending).
contract SpaceVault is Deposits, Ending {
    constructor(bytes32 space_, Terms memory terms_) VaultTerms(space_, terms_) {}
}
