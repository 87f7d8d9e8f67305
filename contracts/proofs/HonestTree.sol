// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bookkeeping} from "../src/libraries/Bookkeeping.sol";

/// The books of a vault under the trees of an honest journal: one account, whichever it is, and all the others as one
/// sum. New books keep the law of `holds`, and so does each act on lawful books; hence any sequence of acts does. It says
/// that what everybody may take is the balance, to the last unit, so each payment is covered, whoever comes first.
contract HonestTree {
    struct Books {
        uint256 deposited;
        uint256 claimed;
        bool isSettled;
        uint256 due;
        uint256 claimable; // by the good root
        int256 net; // by the good root
        uint256 others; // what the other accounts may take, by their deposits and the good root
        uint256 balance; // less bonds
        bool isEnded;
    }

    function holds(Books memory b) private pure returns (bool) {
        if (b.deposited >= Bookkeeping.LIMIT || b.claimed >= Bookkeeping.LIMIT) return false;
        int256 own = int256(b.deposited) + b.net - int256(b.claimed);
        if (own < 0 || b.balance < b.others || b.balance - b.others != uint256(own)) return false;
        if (b.isSettled && (!b.isEnded || b.due != uint256(own))) return false;
        return b.claimable < Bookkeeping.LIMIT && int256(b.claimable) <= int256(b.deposited) + b.net;
    }

    function begin() external pure {
        Books memory b;
        assert(holds(b));
    }

    function deposit(Books memory b, uint256 amount) external pure {
        require(holds(b));
        require(!b.isSettled);
        b.deposited = Bookkeeping.plus(b.deposited, amount);
        b.balance += amount;
        assert(holds(b));
    }

    function depositForOthers(Books memory b, uint256 amount) external pure {
        require(holds(b));
        b.others += amount;
        b.balance += amount;
        assert(holds(b));
    }

    /// A root moves money between accounts that have it, lets nobody take out what it has not, and takes nothing back.
    function makeGood(Books memory b, int256 net, uint256 claimable) external pure {
        require(holds(b));
        require(!b.isEnded);
        int256 moved = net - b.net;
        require(moved <= int256(b.others));
        require(claimable >= b.claimable && claimable < Bookkeeping.LIMIT);
        require(int256(claimable) <= int256(b.deposited) + net);
        require(int256(b.claimed) <= int256(b.deposited) + net);
        (b.net, b.claimable, b.others) = (net, claimable, uint256(int256(b.others) - moved));
        assert(holds(b));
    }

    function claim(Books memory b) external pure {
        require(holds(b));
        require(!b.isSettled);
        uint256 amount = Bookkeeping.claim("", b.deposited, b.claimed, b.claimable, b.net);
        if (amount != 0) b.claimed = b.claimable;
        b.balance = pay(b.balance, amount);
        assert(holds(b));
    }

    function end(Books memory b) external pure {
        require(holds(b));
        b.isEnded = true;
        assert(holds(b));
    }

    function settle(Books memory b) external pure {
        require(holds(b));
        require(b.isEnded && !b.isSettled);
        b.isSettled = true;
        b.due = Bookkeeping.due(b.deposited, b.claimed, b.net);
        assert(holds(b));
    }

    /// Who spent is settled, by anybody, before it can leave by its deposits alone: the vault gives a day for that.
    function depart(Books memory b) external pure {
        require(holds(b));
        require(b.isEnded && (b.isSettled || b.net >= 0));
        uint256 amount = b.isSettled ? b.due : Bookkeeping.due(b.deposited, b.claimed, 0);
        b.due = 0;
        b.claimed = Bookkeeping.plus(b.claimed, amount);
        b.balance = pay(b.balance, amount);
        assert(holds(b));
    }

    /// Each of the others is such an account too.
    function payOthers(Books memory b, uint256 amount) external pure {
        require(holds(b));
        require(amount <= b.others);
        b.others -= amount;
        b.balance = pay(b.balance, amount);
        assert(holds(b));
    }

    function pay(uint256 balance, uint256 amount) private pure returns (uint256) {
        assert(amount <= balance);
        return balance - amount;
    }
}
