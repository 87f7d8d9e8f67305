// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TestToken} from "../../../contracts/src/demo/TestToken.sol";

/// Money with six digits after the point, as the large dollar tokens have; anybody may mint it.
contract SixDigits is TestToken {
    constructor(string memory name, string memory symbol) TestToken(name, symbol) {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
