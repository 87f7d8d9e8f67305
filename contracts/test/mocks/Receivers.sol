// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// Refuses the native coin.
contract Refusing {
    receive() external payable {
        revert("no, thank you");
    }
}

/// Burns all the gas it is given.
contract Burning {
    receive() external payable {
        while (true) {}
    }
}

/// Answers with as many bytes as its gas buys.
contract Bombing {
    receive() external payable {
        assembly {
            revert(0, 1000000)
        }
    }
}

/// Calls the vault back while it is paid, with whatever it was told to say.
contract Reentering {
    address private _vault;
    bytes private _call;
    bool public wasLetIn;

    function say(address vault, bytes calldata call) external {
        (_vault, _call) = (vault, call);
    }

    receive() external payable {
        (wasLetIn,) = _vault.call(_call);
    }
}

/// A wallet contract: its owner's signature is its own, and it takes the native coin only when told to.
contract Wallet1271 {
    address private immutable _owner;
    bool private immutable _takesCoin;

    constructor(address owner, bool takesCoin) {
        (_owner, _takesCoin) = (owner, takesCoin);
    }

    receive() external payable {
        require(_takesCoin, "no coin");
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        (bytes32 r, bytes32 s, uint8 v) = (bytes32(signature[:32]), bytes32(signature[32:64]), uint8(signature[64]));
        return ecrecover(digest, v, r, s) == _owner ? this.isValidSignature.selector : bytes4(0);
    }
}
