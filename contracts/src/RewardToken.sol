// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// When a token's supply comes into being. Nobody can mint anything else.
struct MintSchedule {
    uint256 initialSupply;
    uint256 perSecond; // after the start
    uint256 cap; // of the supply
    uint48 start; // Unix time
}

/// A token for a space that pays in a currency of its own. The schedule is in the code: readable by all, changeable by
/// none. What has become due goes to the beneficiary, whoever calls `mint`; from there it is paid into a vault like any token.
contract RewardToken is ERC20, ERC20Permit {
    error CapBelowInitialSupply(uint256 cap, uint256 initialSupply);
    error BeneficiaryMissing();
    error NothingToMint();

    address public immutable beneficiary;
    uint256 private immutable _initialSupply;
    uint256 private immutable _perSecond;
    uint256 private immutable _cap;
    uint48 private immutable _start;

    constructor(string memory name, string memory symbol, address beneficiary_, MintSchedule memory schedule_)
        ERC20(name, symbol)
        ERC20Permit(name)
    {
        if (beneficiary_ == address(0)) revert BeneficiaryMissing();
        if (schedule_.cap < schedule_.initialSupply) {
            revert CapBelowInitialSupply(schedule_.cap, schedule_.initialSupply);
        }

        beneficiary = beneficiary_;
        _initialSupply = schedule_.initialSupply;
        _perSecond = schedule_.perSecond;
        _cap = schedule_.cap;
        _start = schedule_.start;

        _mint(beneficiary_, schedule_.initialSupply);
    }

    /// Mints what has become due since the last call. By anybody.
    function mint() external returns (uint256 amount) {
        amount = supplyAt(block.timestamp) - totalSupply();
        if (amount == 0) revert NothingToMint();
        _mint(beneficiary, amount);
    }

    function schedule() external view returns (MintSchedule memory) {
        return MintSchedule(_initialSupply, _perSecond, _cap, _start);
    }

    /// The supply that the schedule allows at a time. Nothing is ever burnt, so the supply cannot fall behind it.
    function supplyAt(uint256 time) public view returns (uint256) {
        uint256 grown = Math.saturatingMul(Math.saturatingSub(time, _start), _perSecond);
        return Math.min(_cap, Math.saturatingAdd(_initialSupply, grown));
    }
}
