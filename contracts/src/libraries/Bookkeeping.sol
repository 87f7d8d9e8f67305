// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// The arithmetic on what an account paid in and was paid out, and nothing else: no storage, no hashes, no calls. So a
/// solver can follow it, and `proofs/` says what is proved. It asks with `require` and leaves the narrowing of numbers to
/// its callers, because the solver makes nothing of `revert Error()` and little of a narrowing.
library Bookkeeping {
    error ClaimAboveHoldings(bytes32 account, uint256 claimable, uint256 holdings);
    error TotalTooLarge(uint256 total);

    /// What totals stay below: an account keeps two of them and a flag in one slot.
    uint256 internal constant LIMIT = 1 << 120;

    /// A total after `amount` more.
    function plus(uint256 total, uint256 amount) internal pure returns (uint256) {
        unchecked {
            uint256 sum = total + amount;
            require(amount <= sum && sum < LIMIT, TotalTooLarge(sum));
            return sum;
        }
    }

    /// All that an account had or has, by its deposits and the tree. It is total, so a tree that is wrong cannot keep
    /// anybody from settling: `paidIn` is below the limit and `net` within 255 bits, and less than nothing is nothing.
    function holdings(uint256 paidIn, int256 net) internal pure returns (uint256) {
        unchecked {
            if (net >= 0) return paidIn + uint256(net);
            uint256 spent = uint256(-net);
            return spent < paidIn ? paidIn - spent : 0;
        }
    }

    /// How much of what a leaf allows is new.
    function claim(bytes32 account, uint256 paidIn, uint256 paidOut, uint256 claimable, int256 net)
        internal
        pure
        returns (uint256)
    {
        if (claimable <= paidOut) return 0;
        // The tree of an honest journal never breaks this; it keeps a wrong one from paying twice at the exit.
        uint256 all = holdings(paidIn, net);
        require(claimable <= all && claimable < LIMIT, ClaimAboveHoldings(account, claimable, all));
        unchecked {
            return claimable - paidOut;
        }
    }

    /// What an account may leave with.
    function due(uint256 paidIn, uint256 paidOut, int256 net) internal pure returns (uint256) {
        return above(holdings(paidIn, net), paidOut);
    }

    /// What `total` is above `less`, if it is.
    function above(uint256 total, uint256 less) internal pure returns (uint256) {
        unchecked {
            return total > less ? total - less : 0;
        }
    }
}
