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
    bytes4 public answer;

    function say(address vault, bytes calldata call) external {
        (_vault, _call, answer) = (vault, call, 0);
    }

    receive() external payable {
        if (_call.length == 0) return;
        (, bytes memory said) = _vault.call(_call);
        answer = bytes4(said);
    }
}

/// Takes tokens, and burns the gas of a token that tells it so.
contract BurningHook {
    function moved() external pure {
        while (true) {}
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
        (bytes32 r, bytes32 s, uint8 v) =
            (bytes32(signature[:32]), bytes32(signature[32:64]), uint8(signature[64]));
        return ecrecover(digest, v, r, s) == _owner ? this.isValidSignature.selector : bytes4(0);
    }
}

/// Has tokens, pays them in, and calls the vault back from the hook of its own transfer.
contract HookedDepositor {
    address private _vault;
    bytes private _call;
    bool public wasLetIn;

    function say(address vault, bytes calldata call) external {
        (_vault, _call) = (vault, call);
    }

    function run(address target, bytes calldata call) external {
        (bool isGood, bytes memory answer) = target.call(call);
        if (isGood) return;
        assembly {
            revert(add(answer, 0x20), mload(answer))
        }
    }

    function moved() external {
        if (_call.length != 0) (wasLetIn,) = _vault.call(_call);
    }
}
