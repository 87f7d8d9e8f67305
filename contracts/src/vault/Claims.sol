// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {ISpaceVault, Leaf, P256Key} from "../interfaces/ISpaceVault.sol";
import {AccountIds} from "../libraries/AccountIds.sol";
import {Bookkeeping} from "../libraries/Bookkeeping.sol";
import {Trees} from "../libraries/Trees.sol";
import {GoodRoots} from "./GoodRoots.sol";

/// Money out against the last good root: each claim pays what the account's cumulative total has grown by.
abstract contract Claims is GoodRoots {
    error NotInPayoutRoot(bytes32 account);
    error BatchNotInPayoutRoot();
    error NothingToClaim(bytes32 account);
    error SignatureWrong(bytes32 account);

    bytes32 private constant CLAIM_TYPE = keccak256("Claim(bytes32 account,address payee,uint256 claimable)");

    /// What one receiver of a batch may spend: enough for a wallet contract or a token, too little to hurt.
    uint256 private constant RECEIVER_GAS = 100_000;

    /// @inheritdoc ISpaceVault
    function claim(Leaf calldata leaf, bytes32[] calldata proof) external alone {
        _claim(AccountIds.walletOf(leaf.account), leaf, proof);
    }

    /// @inheritdoc ISpaceVault
    function claimTo(
        address payee,
        P256Key calldata key,
        Leaf calldata leaf,
        bytes32[] calldata proof,
        bytes32 r,
        bytes32 s
    ) external alone {
        if (leaf.account != AccountIds.accountOf(key)) {
            revert SignatureWrong(leaf.account);
        }
        _requireKeySigned(leaf.account, key, _claimDigest(payee, leaf), r, s);
        _claim(payee, leaf, proof);
    }

    /// @inheritdoc ISpaceVault
    function claimFor(address payee, Leaf calldata leaf, bytes32[] calldata proof, bytes calldata signature)
        external
        alone
    {
        _requireWalletSigned(leaf.account, _claimDigest(payee, leaf), signature);
        _claim(payee, leaf, proof);
    }

    /// @inheritdoc ISpaceVault
    function claimMulti(Leaf[] calldata leaves, bytes32[] calldata proof, bool[] calldata flags)
        external
        alone
    {
        bytes32[] memory hashes = new bytes32[](leaves.length);
        for (uint256 i = 0; i < leaves.length; i++) {
            hashes[i] = Trees.hash(leaves[i]);
        }
        if (!MerkleProof.multiProofVerifyCalldata(proof, flags, _good.payoutRoot, hashes)) {
            revert BatchNotInPayoutRoot();
        }
        for (uint256 i = 0; i < leaves.length; i++) {
            _tryClaim(leaves[i]);
        }
    }

    function _claim(address payee, Leaf calldata leaf, bytes32[] calldata proof) private {
        _requireInPayoutRoot(leaf, proof);
        uint256 amount = _take(leaf);
        if (amount == 0) revert NothingToClaim(leaf.account);
        emit Claimed(leaf.account, payee, amount, leaf.claimable);
        _pay(payee, amount);
    }

    /// Passes over whoever was paid before this batch came, and takes back the claim of whoever fails to receive.
    function _tryClaim(Leaf calldata leaf) private {
        address payee = AccountIds.walletOf(leaf.account);
        uint256 amount = _take(leaf);
        if (amount == 0) return;
        if (_send(payee, amount, RECEIVER_GAS)) {
            emit Claimed(leaf.account, payee, amount, leaf.claimable);
        } else {
            // The amount is what `_take` has just booked of it.
            unchecked {
                _accounts[leaf.account].claimed = uint120(leaf.claimable - amount);
            }
            emit Unpaid(leaf.account, amount);
        }
    }

    /// Books all that the leaf allows as claimed, and says how much of it is new.
    function _take(Leaf calldata leaf) private returns (uint256 amount) {
        Account storage entry = _accounts[leaf.account];
        (uint256 paidIn, uint256 before, bool isSettled) = (entry.deposited, entry.claimed, entry.isSettled);
        if (isSettled) return 0;
        amount = Bookkeeping.claim(leaf.account, paidIn, before, leaf.claimable, leaf.net);

        if (amount != 0) entry.claimed = uint120(leaf.claimable);
    }

    function _requireInPayoutRoot(Leaf calldata leaf, bytes32[] calldata proof) internal view {
        if (!Trees.isIn(_good.payoutRoot, Trees.hash(leaf), proof)) {
            revert NotInPayoutRoot(leaf.account);
        }
    }

    /// ES256 over the digest: WebCrypto hashes what it signs, so the curve sees SHA-256 of it.
    function _requireKeySigned(bytes32 account, P256Key calldata key, bytes32 digest, bytes32 r, bytes32 s)
        internal
        view
    {
        if (!P256.verify(sha256(abi.encodePacked(digest)), r, s, key.x, key.y)) {
            revert SignatureWrong(account);
        }
    }

    function _requireWalletSigned(bytes32 account, bytes32 digest, bytes calldata signature) internal view {
        address wallet = AccountIds.walletOf(account);
        if (!SignatureChecker.isValidSignatureNowCalldata(wallet, digest, signature)) {
            revert SignatureWrong(account);
        }
    }

    function _claimDigest(address payee, Leaf calldata leaf) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(CLAIM_TYPE, leaf.account, payee, leaf.claimable)));
    }
}
