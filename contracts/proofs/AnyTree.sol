// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bookkeeping} from "../src/libraries/Bookkeeping.sol";

/// The books of a vault under trees that say anything: one account, whichever it is, and all the others as one sum. New
/// books keep the law of `holds`, and so does each act on lawful books; hence any sequence of acts does. No wrong tree
/// pays out more than came in, touches a bond, or lets an account's total fall.
contract AnyTree {
    struct Books {
        uint256 deposited;
        uint256 claimed;
        bool isSettled;
        uint256 due;
        uint256 paidIn; // by all accounts together, this one included
        uint256 paidOut;
        uint256 bonds;
        uint256 balance;
    }

    function holds(Books memory b) private pure returns (bool) {
        // What the vault narrows to 120 bits keeps its value.
        if (b.deposited >= Bookkeeping.LIMIT || b.claimed >= Bookkeeping.LIMIT) return false;
        if (b.deposited > b.paidIn || b.claimed > b.paidOut) return false;
        if (b.paidOut > b.paidIn || b.bonds > b.balance) return false;
        return b.balance - b.bonds == b.paidIn - b.paidOut;
    }

    function begin() external pure {
        Books memory b;
        assert(holds(b));
    }

    function deposit(Books memory b, uint256 amount) external pure {
        require(holds(b));
        require(!b.isSettled);
        uint256 before = b.deposited;
        b.deposited = Bookkeeping.plus(before, amount);
        assert(b.deposited >= before && b.deposited - before == amount);
        b.balance += amount;
        b.paidIn += amount;
        assert(holds(b));
    }

    function claim(Books memory b, uint256 claimable, int256 net) external pure {
        require(holds(b));
        require(!b.isSettled);
        uint256 before = b.claimed;
        uint256 amount = Bookkeeping.claim("", b.deposited, before, claimable, net);
        if (amount != 0) b.claimed = claimable;
        assert(b.claimed >= before && b.claimed - before == amount);
        assert(amount == 0 || b.claimed <= Bookkeeping.holdings(b.deposited, net));
        b.balance = pay(b.balance, b.bonds, amount);
        b.paidOut += amount;
        assert(holds(b));
    }

    /// A payment that fails in a batch leaves what there was.
    function claimInVain(Books memory b, uint256 claimable, int256 net) external pure {
        require(holds(b));
        require(!b.isSettled);
        uint256 amount = Bookkeeping.claim("", b.deposited, b.claimed, claimable, net);
        assert(amount == 0 || claimable - amount == b.claimed);
    }

    function settle(Books memory b, int256 net) external pure {
        require(holds(b));
        require(!b.isSettled);
        b.isSettled = true;
        b.due = Bookkeeping.due(b.deposited, b.claimed, net);
        assert(b.due == 0 || b.claimed + b.due == Bookkeeping.holdings(b.deposited, net));
        assert(holds(b));
    }

    function depart(Books memory b) external pure {
        require(holds(b));
        uint256 before = b.claimed;
        uint256 amount = b.isSettled ? b.due : Bookkeeping.due(b.deposited, before, 0);
        b.due = 0;
        b.claimed = Bookkeeping.plus(before, amount);
        assert(b.claimed >= before && b.claimed - before == amount);
        assert(b.isSettled || amount == 0 || b.claimed == b.deposited);
        b.balance = pay(b.balance, b.bonds, amount);
        b.paidOut += amount;
        assert(holds(b));
    }

    function depositForOthers(Books memory b, uint256 amount) external pure {
        require(holds(b));
        b.balance += amount;
        b.paidIn += amount;
        assert(holds(b));
    }

    function payOthers(Books memory b, uint256 amount) external pure {
        require(holds(b));
        b.balance = pay(b.balance, b.bonds, amount);
        b.paidOut += amount;
        assert(holds(b));
    }

    function challenge(Books memory b, uint256 price) external pure {
        require(holds(b));
        b.balance += price;
        b.bonds += price;
        assert(holds(b));
    }

    function takeBond(Books memory b, uint256 amount) external pure {
        require(holds(b));
        require(amount <= b.bonds);
        b.bonds -= amount;
        assert(amount <= b.balance);
        b.balance -= amount;
        assert(holds(b));
    }

    /// The ledger refuses what is not there, and what others have as bonds.
    function pay(uint256 balance, uint256 bonds, uint256 amount) private pure returns (uint256) {
        require(amount <= Bookkeeping.above(balance, bonds));
        return balance - amount;
    }
}
