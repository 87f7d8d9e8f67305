// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {MintSchedule, RewardToken} from "../src/RewardToken.sol";
import {MiniTest} from "./MiniTest.sol";

contract RewardTokenTest is MiniTest {
    address private constant SPACE_FUND = address(0x5ace);
    uint48 private constant START = 1_800_000_000;

    RewardToken private _token;

    function setUp() public {
        vm.warp(START - 100);
        _token = new RewardToken("Reward", "RWD", SPACE_FUND, MintSchedule(1000, 3, 4000, START));
    }

    function test_The_initial_supply_goes_to_the_beneficiary() public view {
        equal(_token.balanceOf(SPACE_FUND), 1000, "balance");
        equal(_token.totalSupply(), 1000, "supply");
        isTrue(_token.beneficiary() == SPACE_FUND, "beneficiary");
    }

    function test_The_schedule_can_be_read() public view {
        MintSchedule memory it = _token.schedule();
        equal(it.initialSupply, 1000, "initial supply");
        equal(it.perSecond, 3, "per second");
        equal(it.cap, 4000, "cap");
        equal(it.start, START, "start");
    }

    function test_Nothing_is_minted_before_the_start() public {
        refusesToMint();
        vm.warp(START);
        refusesToMint();
    }

    function testFuzz_Whoever_mints_and_when_the_supply_is_the_schedules(uint16[6] memory pauses) public {
        for (uint256 i = 0; i < pauses.length; i++) {
            vm.warp(block.timestamp + pauses[i]);
            uint256 passed = block.timestamp > START ? block.timestamp - START : 0;
            uint256 due = 1000 + 3 * passed < 4000 ? 1000 + 3 * passed : 4000;
            uint256 before = _token.totalSupply();
            if (due == before) refusesToMint();
            else equal(_token.mint(), due - before, "amount");
            equal(_token.totalSupply(), due, "supply");
            equal(_token.balanceOf(SPACE_FUND), due, "balance");
        }
    }

    function test_The_cap_is_never_passed() public {
        vm.warp(type(uint48).max);
        equal(_token.mint(), 3000, "amount");
        refusesToMint();
        equal(_token.supplyAt(type(uint256).max), 4000, "at the end of time");
    }

    function test_A_cap_below_the_initial_supply_is_refused() public {
        vm.expectRevert(abi.encodeWithSelector(RewardToken.CapBelowInitialSupply.selector, 9, 10));
        new RewardToken("Reward", "RWD", SPACE_FUND, MintSchedule(10, 3, 9, START));
    }

    function test_A_supply_may_be_fixed() public {
        RewardToken fixed_ = new RewardToken("Reward", "RWD", SPACE_FUND, MintSchedule(10, 3, 10, START));
        equal(fixed_.supplyAt(START + 1000), 10, "supply");
    }

    function test_A_beneficiary_is_needed() public {
        vm.expectRevert(abi.encodeWithSelector(RewardToken.BeneficiaryMissing.selector));
        new RewardToken("Reward", "RWD", address(0), MintSchedule(10, 3, 20, START));
    }

    function test_A_holder_permits_by_signature() public {
        address holder = vm.addr(7);
        bytes32 kind =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 words = keccak256(abi.encode(kind, holder, SPACE_FUND, 5, 0, block.timestamp));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _token.DOMAIN_SEPARATOR(), words));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(7, digest);
        _token.permit(holder, SPACE_FUND, 5, block.timestamp, v, r, s);
        equal(_token.allowance(holder, SPACE_FUND), 5, "allowance");
    }

    function refusesToMint() private {
        vm.expectRevert(abi.encodeWithSelector(RewardToken.NothingToMint.selector));
        _token.mint();
    }
}
