// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {TestToken} from "../../src/demo/TestToken.sol";

/// Anybody may mint.
contract OpenToken is ERC20("Open", "OPEN") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// Keeps one unit of each transfer for itself.
contract FeeToken is OpenToken {
    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0)) super._update(to, address(this), 1);
    }
}

/// The same with authorizations.
contract AuthorizedFeeToken is TestToken("Fee", "FEE") {
    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0)) super._update(to, address(this), 1);
    }
}

/// Refuses a transfer to or from one address, by reverting or by saying no, as its issuer decides.
contract BlockingToken is OpenToken {
    address public blocked;
    bool public saysNo;

    function block_(address who, bool saysNo_) external {
        (blocked, saysNo) = (who, saysNo_);
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        if (to != blocked && msg.sender != blocked) return super.transfer(to, amount);
        require(saysNo, "blocked");
        return false;
    }
}

/// Says no to each transferFrom.
contract RefusingToken is OpenToken {
    function transferFrom(address, address, uint256) public pure override returns (bool) {
        return false;
    }
}

/// Says neither yes nor no, as some old tokens of great value do.
contract SilentToken {
    mapping(address => uint256) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }

    function transferFrom(address from, address to, uint256 amount) external {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// Calls both sides of a transfer, sender first, as ERC-777 does. A receiver can burn gas and call back.
contract HookToken is OpenToken {
    function _update(address from, address to, uint256 amount) internal override {
        if (from.code.length != 0) _call(from);
        super._update(from, to, amount);
        if (to.code.length != 0) _call(to);
    }

    function _call(address side) private {
        // Whoever does not know the hook, the vault among them, is left in peace.
        (bool isGood, bytes memory answer) = side.call(abi.encodeWithSignature("moved()"));
        if (!isGood && answer.length != 0) revert(string(answer));
    }
}
