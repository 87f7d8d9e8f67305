// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {SuperLeaf} from "./IAnchorage.sol";

/// What a vault is bound to for ever.
struct Terms {
    address asset; // zero: the chain's native coin
    address operator; // sends anchors
    address anchorage; // whose super-roots the vault may adopt; zero: none
    bytes32 witnesses; // keccak256(abi.encodePacked(ascending addresses, each as 32 bytes)); zero: none
    uint8 threshold; // signatures that make a root good at once; zero: none can
    uint32 window; // seconds a proposal waits; zero: no proposals
    uint32 exitAfter; // seconds without a good root after which the space may be ended
    uint128 bond; // wei of the first challenge
}

/// What the head slot commits to. `previous` is the slot before, so one anchor commits to all before it.
struct Anchor {
    bytes32 previous;
    uint48 size;
    uint48 at;
    bytes32 root;
    bytes32 payoutRoot;
}

/// One account in a payout tree. Leaf of a StandardMerkleTree, the fields in this order.
struct Leaf {
    bytes32 account;
    uint256 claimable; // all it may take out, ever: cumulative
    int256 net; // all it has in the space, withdrawn and earned included, less all it paid in
}

/// A P-256 public key; its account is `0x01` and the last 31 bytes of `keccak256(x ‖ y)`.
struct P256Key {
    bytes32 x;
    bytes32 y;
}

/// All the money of one space, in one asset. The vault knows no polls, no votes and no reasons: only what came in for
/// each account, what was paid out to each, and the last payout root that may be claimed against.
/// The semantics are in spec/settlement.md.
interface ISpaceVault {
    /// `total` is all that was ever deposited for the account: a report of it mends every report lost before.
    event Deposited(bytes32 indexed account, uint256 amount, uint256 total);
    event Anchored(uint256 indexed size, bytes32 root, bytes32 payoutRoot);
    event Proposed(uint256 indexed size, bytes32 payoutRoot, uint256 until);
    event Challenged(uint256 indexed size, address indexed challenger, uint256 bond);
    /// The challenged anchor was endorsed after all: the bond is the operator's to take.
    event BondLost(address indexed challenger, uint256 bond);
    event BondTaken(address indexed challenger, uint256 amount);
    /// The payout root is claimable from now on.
    event Good(uint256 indexed size, bytes32 payoutRoot);
    /// `total` is all that was ever paid out to the account.
    event Claimed(bytes32 indexed account, address indexed payee, uint256 amount, uint256 total);
    /// A receiver in a batch failed to take its money. It stays claimable.
    event Unpaid(bytes32 indexed account, uint256 amount);
    event Ended(uint256 size, bytes32 payoutRoot);
    event Settled(bytes32 indexed account, uint256 due);
    event Left(bytes32 indexed account, address indexed payee, uint256 amount);

    // Deposits

    /// Pays native coin in for an account.
    function deposit(bytes32 account) external payable;

    /// Pays tokens in for an account, out of the sender's allowance to the vault.
    function deposit(bytes32 account, uint256 amount) external;

    /// The same with an ERC-2612 permit of the sender. A permit that somebody else has used up first does no harm.
    function depositWithPermit(
        bytes32 account,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// Pays in what `from` authorized by ERC-3009 `receiveWithAuthorization`, sent by anybody. The nonce is
    /// `keccak256(abi.encode(account, salt))`, so the signature also says for whom.
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
    ) external;

    // Anchors

    /// Anchors the journal at `size`. By the operator; sizes only grow.
    function anchor(uint48 size, bytes32 root, bytes32 payoutRoot) external;

    /// Anchors, and makes the payout root good by the witnesses' signatures, at once. By the operator.
    function anchorEndorsed(
        uint48 size,
        bytes32 root,
        bytes32 payoutRoot,
        address[] calldata witnesses,
        bytes[] calldata signatures
    ) external;

    /// Anchors what the operator's newest super-root says of this space. By anybody.
    function adopt(SuperLeaf calldata leaf, bytes32 previousHead, bytes32 superRoot, bytes32[] calldata proof)
        external;

    // Good roots

    /// Makes the payout root of the head, or of the proposal, good by the signatures of witnesses. By anybody.
    /// `witnesses` is the whole set; an empty signature stands for who did not sign.
    function endorse(Anchor calldata head, address[] calldata witnesses, bytes[] calldata signatures) external;

    /// Starts the window of the head. By anybody, while no other proposal waits.
    function propose(Anchor calldata head) external;

    /// Makes the payout root of the proposal good when its window is over. By anybody.
    function promote() external;

    /// Kills the proposal, within its window. By anybody who pays `challengePrice`.
    function challenge() external payable;

    /// Pays a challenger all its bonds back, when a later root has become good or the space has ended. It pays the
    /// operator what it won. By anybody.
    function takeBond(address challenger) external;

    // Claims

    /// Pays a wallet what it has not yet claimed. By anybody.
    function claim(Leaf calldata leaf, bytes32[] calldata proof) external;

    /// Pays many wallets; `proof` and `flags` are a multiproof. Who has nothing to claim is passed over; a receiver
    /// that fails, or wants much gas, is left unpaid. By anybody.
    function claimMulti(Leaf[] calldata leaves, bytes32[] calldata proof, bool[] calldata flags) external;

    /// Pays a P-256 account's money to the payee that its signature names. By anybody.
    function claimTo(
        address payee,
        P256Key calldata key,
        Leaf calldata leaf,
        bytes32[] calldata proof,
        bytes32 r,
        bytes32 s
    ) external;

    /// Pays a wallet's money to the payee that its signature (ECDSA or ERC-1271) names. By anybody.
    function claimFor(address payee, Leaf calldata leaf, bytes32[] calldata proof, bytes calldata signature)
        external;

    // The end

    /// Ends the space when no root has become good for `exitAfter` seconds. By anybody. A proposal whose window is
    /// over must be promoted first.
    function end() external;

    /// Fixes what an account is due, by its leaf in the last good root. By anybody for anybody.
    function settle(Leaf calldata leaf, bytes32[] calldata proof) external;

    /// Pays a wallet what it is due: settled, or its unclaimed deposits once the wait for leaves is over. The rest
    /// stays due, should it be settled later. By anybody.
    function leave(bytes32 account) external;

    /// The same for a P-256 account, to the payee that its signature names. By anybody.
    function leaveTo(address payee, P256Key calldata key, bytes32 r, bytes32 s) external;

    /// The same for a wallet, to the payee that its signature (ECDSA or ERC-1271) names: the way out for a contract
    /// that cannot receive the native coin. By anybody.
    function leaveFor(address payee, bytes32 account, bytes calldata signature) external;

    // Views

    function space() external view returns (bytes32);
    function terms() external view returns (Terms memory);
    /// The whole head slot, and its size; the size is 2⁴⁸ − 1 when the space has ended.
    function head() external view returns (bytes32 commitment, uint48 size);
    function good() external view returns (bytes32 payoutRoot, uint48 size, uint48 at);
    /// `anchorHash` is `keccak256(abi.encode(anchor))`. What is not above the good size is over.
    function proposal()
        external
        view
        returns (bytes32 anchorHash, uint48 size, uint48 until, address challenger);
    /// What the next challenge costs: the first bond, doubled by each challenge since the last good root.
    function challengePrice() external view returns (uint256);
    /// What `takeBond` would pay now, and what it would not pay yet.
    function bondOf(address challenger) external view returns (uint256 free, uint256 held);
    function deposited(bytes32 account) external view returns (uint256);
    /// All that was paid out to the account, by claims and by leaving.
    function claimed(bytes32 account) external view returns (uint256);
    function isEnded() external view returns (bool);
    /// Whether the entry whose RFC 9162 leaf hash this is stands at `index` of the journal anchored by the head.
    function verifyEntry(Anchor calldata head, bytes32 leafHash, uint64 index, bytes32[] calldata proof)
        external
        view
        returns (bool);
}
