// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// One space in a super-root. Leaf of a StandardMerkleTree, the fields in this order.
struct SuperLeaf {
    bytes32 space;
    uint256 size;
    bytes32 root;
    bytes32 payoutRoot;
    bytes32 reputationRoot;
}

/// One line of a space's reputation tree: the category in ASCII, padded with zeros on the right; score and lower
/// bound in parts per million; the number of settled answers they rest on.
struct Score {
    bytes32 account;
    bytes32 category;
    uint256 score;
    uint256 bound;
    uint256 count;
}

/// Anchors many spaces with one word: one slot for each operator, `keccak256(abi.encode(previous, superRoot))`, so
/// that the slot commits to every super-root there was.
interface IAnchorage {
    event SuperAnchored(address indexed operator, bytes32 superRoot);

    /// Puts a super-root at the head of the sender's chain.
    function anchor(bytes32 superRoot) external;

    /// The slot of an operator; zero before its first super-root.
    function head(address operator) external view returns (bytes32);

    /// Whether the leaf is in the operator's newest super-root. `previousHead` is the slot before that super-root.
    function verify(
        address operator,
        bytes32 previousHead,
        bytes32 superRoot,
        SuperLeaf calldata leaf,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// Whether the score is in the reputation tree of that space: reputation can be read on every chain whose
    /// anchorage carries the operator's super-roots.
    function verifyScore(
        address operator,
        bytes32 previousHead,
        bytes32 superRoot,
        SuperLeaf calldata leaf,
        bytes32[] calldata proof,
        Score calldata score,
        bytes32[] calldata scoreProof
    ) external view returns (bool);
}
