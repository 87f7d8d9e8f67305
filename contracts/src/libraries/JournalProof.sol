// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// Inclusion in the journal's Merkle tree, as RFC 9162 hashes it: SHA-256, nodes prefixed with 0x01.
library JournalProof {
    /// RFC 9162 §2.1.3.2, step by step. `leafHash` is SHA-256(0x00 ‖ entry).
    function verify(bytes32 leafHash, uint256 index, uint256 size, bytes32[] calldata proof, bytes32 root)
        internal
        pure
        returns (bool)
    {
        if (index >= size) return false;
        uint256 node = index;
        uint256 last = size - 1;
        bytes32 hash = leafHash;
        for (uint256 i = 0; i < proof.length; i++) {
            if (last == 0) return false;
            if (node & 1 == 1 || node == last) {
                hash = _node(proof[i], hash);
                // A node without a right sibling stands for itself on the levels above.
                while (node & 1 == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = _node(hash, proof[i]);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash == root;
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x01), left, right));
    }
}
