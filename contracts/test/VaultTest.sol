// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Anchorage} from "../src/Anchorage.sol";
import {TestToken} from "../src/demo/TestToken.sol";
import {Anchor, Leaf, P256Key, Terms} from "../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {VaultFactory} from "../src/VaultFactory.sol";
import {MiniTest} from "./MiniTest.sol";
import {Trees} from "./Trees.sol";

/// A token vault and a native one, of both policies; five witnesses; and the words the tests are written in.
abstract contract VaultTest is MiniTest {
    bytes32 internal constant SPACE = keccak256("a space");
    bytes32 internal constant ROOT = keccak256("a journal");
    uint32 internal constant WINDOW = 2 days;
    uint32 internal constant EXIT_AFTER = 8 days;
    uint128 internal constant BOND = 0.01 ether;
    uint256 internal constant ALICE_KEY = 0xa11ce;
    uint256 internal constant P256_KEY = 0xb0b;
    uint256 internal constant P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;

    address internal immutable operator = address(0x0709);
    address internal immutable requester = address(0x4e9);
    address internal immutable worker = address(0x3041);
    address internal immutable challenger = address(0xc4a1);
    address internal immutable stranger = address(0x57a);
    address internal immutable alice = vm.addr(ALICE_KEY);

    VaultFactory internal factory = new VaultFactory();
    Anchorage internal anchorage = new Anchorage();
    TestToken internal token = new TestToken("Test", "TEST");
    address[] internal witnesses;
    uint256[] internal witnessKeys;
    SpaceVault internal vault;
    SpaceVault internal coinVault;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        for (uint256 i = 0; i < 5; i++) {
            addWitness(uint256(keccak256(abi.encode("witness", i))));
        }
        vault = SpaceVault(factory.create(SPACE, terms(address(token))));
        coinVault = SpaceVault(factory.create(SPACE, terms(address(0))));
        address[4] memory rich = [requester, challenger, operator, alice];
        for (uint256 i = 0; i < rich.length; i++) {
            vm.deal(rich[i], 10_000 ether);
            token.mint(rich[i], 10_000 ether);
            vm.prank(rich[i]);
            token.approve(address(vault), type(uint256).max);
        }
    }

    // What a vault is bound to

    function terms(address asset) internal view returns (Terms memory) {
        return Terms({
            asset: asset,
            operator: operator,
            anchorage: address(anchorage),
            witnesses: keccak256(abi.encodePacked(witnesses)),
            threshold: 3,
            window: WINDOW,
            exitAfter: EXIT_AFTER,
            bond: BOND
        });
    }

    function windowOnly(address asset) internal returns (SpaceVault) {
        Terms memory it = terms(asset);
        (it.witnesses, it.threshold) = (0, 0);
        return SpaceVault(factory.create(SPACE, it));
    }

    function witnessesOnly(address asset) internal returns (SpaceVault) {
        Terms memory it = terms(asset);
        (it.window, it.bond) = (0, 0);
        return SpaceVault(factory.create(SPACE, it));
    }

    /// Keeps the set ascending.
    function addWitness(uint256 key) private {
        witnessKeys.push(key);
        witnesses.push(vm.addr(key));
        for (uint256 i = witnesses.length - 1; i > 0 && witnesses[i] < witnesses[i - 1]; i--) {
            (witnesses[i], witnesses[i - 1]) = (witnesses[i - 1], witnesses[i]);
            (witnessKeys[i], witnessKeys[i - 1]) = (witnessKeys[i - 1], witnessKeys[i]);
        }
    }

    // Accounts, leaves and trees

    function idOf(address wallet) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(wallet)));
    }

    function p256Key(uint256 secret) internal pure returns (P256Key memory) {
        (uint256 x, uint256 y) = vm.publicKeyP256(secret);
        return P256Key(bytes32(x), bytes32(y));
    }

    function idOf(P256Key memory key) internal pure returns (bytes32) {
        bytes32 hash = keccak256(bytes.concat(key.x, key.y));
        return bytes32(abi.encodePacked(bytes1(0x01), bytes31(hash << 8)));
    }

    /// A requester who paid `paid` to a worker: the smallest honest tree.
    function payment(bytes32 from, bytes32 to, uint256 paid) internal pure returns (Leaf[] memory leaves) {
        leaves = new Leaf[](2);
        leaves[0] = Leaf(from, 0, -int256(paid));
        leaves[1] = Leaf(to, paid, int256(paid));
    }

    function rootOf(Leaf[] memory leaves) internal pure returns (bytes32) {
        return Trees.grow(leaves)[0];
    }

    function proofOf(Leaf[] memory leaves, uint256 i) internal pure returns (bytes32[] memory) {
        return Trees.proofOf(Trees.grow(leaves), i);
    }

    // Acts

    function fund(SpaceVault which, address account, uint256 amount) internal {
        bool isCoin = which.terms().asset == address(0);
        vm.prank(requester);
        if (isCoin) which.deposit{value: amount}(idOf(account));
        else which.deposit(idOf(account), amount);
    }

    /// Anchors one entry more than before.
    function anchor(SpaceVault which, bytes32 payoutRoot) internal returns (Anchor memory) {
        (bytes32 previous, uint48 size) = which.head();
        vm.prank(operator);
        which.anchor(size + 1, ROOT, payoutRoot);
        return Anchor(previous, size + 1, uint48(block.timestamp), ROOT, payoutRoot);
    }

    /// What the slot of a vault holds after an anchor of this second.
    function slotOf(bytes32 previous, uint48 size, bytes32 payoutRoot) internal view returns (bytes32) {
        bytes32 hash =
            keccak256(abi.encode(Anchor(previous, size, uint48(block.timestamp), ROOT, payoutRoot)));
        return bytes32(abi.encodePacked(bytes26(hash), size));
    }

    function makeGood(SpaceVault which, Leaf[] memory leaves) internal {
        endorse(which, anchor(which, rootOf(leaves)));
    }

    /// By as many witnesses as are enough.
    function endorse(SpaceVault which, Anchor memory head) internal {
        which.endorse(head, witnesses, signatures(which, head, 3));
    }

    /// After a challenge it waits for the dead proposal's window first.
    function propose(SpaceVault which, bytes32 payoutRoot) internal returns (Anchor memory head) {
        (, uint48 size, uint48 until, address who) = which.proposal();
        (, uint48 goodSize,) = which.good();
        if (who != address(0) && size > goodSize && block.timestamp < until) vm.warp(until);
        head = anchor(which, payoutRoot);
        which.propose(head);
    }

    function challenge(SpaceVault which) internal {
        uint256 price = which.challengePrice();
        vm.prank(challenger);
        which.challenge{value: price}();
    }

    function endSpace(SpaceVault which) internal {
        vm.warp(block.timestamp + EXIT_AFTER);
        which.end();
    }

    function claim(SpaceVault which, Leaf[] memory leaves, uint256 i) internal {
        which.claim(leaves[i], proofOf(leaves, i));
    }

    function settle(SpaceVault which, Leaf[] memory leaves, uint256 i) internal {
        which.settle(leaves[i], proofOf(leaves, i));
    }

    // Signatures, hashed here again from the specification

    function digestOf(address verifier, bytes32 structHash) internal view returns (bytes32) {
        bytes32 kind =
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        bytes32 domain =
            keccak256(abi.encode(kind, keccak256("ChainSpace"), keccak256("1"), block.chainid, verifier));
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function anchorDigest(SpaceVault which, Anchor memory it) internal view returns (bytes32) {
        bytes32 kind = keccak256("Anchor(uint48 size,bytes32 root,bytes32 payoutRoot)");
        return digestOf(address(which), keccak256(abi.encode(kind, it.size, it.root, it.payoutRoot)));
    }

    function claimDigest(SpaceVault which, address payee, Leaf memory leaf) internal view returns (bytes32) {
        bytes32 kind = keccak256("Claim(bytes32 account,address payee,uint256 claimable)");
        return digestOf(address(which), keccak256(abi.encode(kind, leaf.account, payee, leaf.claimable)));
    }

    function leaveDigest(SpaceVault which, bytes32 account, address payee) internal view returns (bytes32) {
        bytes32 kind = keccak256("Leave(bytes32 account,address payee)");
        return digestOf(address(which), keccak256(abi.encode(kind, account, payee)));
    }

    /// Alice lets the vault take `amount` tokens.
    function permitDigest(uint256 amount, uint256 deadline) internal view returns (bytes32) {
        bytes32 kind =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        uint256 nonce = token.nonces(alice);
        return tokenDigest(keccak256(abi.encode(kind, alice, address(vault), amount, nonce, deadline)));
    }

    /// Alice lets the vault receive `amount` tokens, in this second.
    function authorizationDigest(uint256 amount, bytes32 nonce) internal view returns (bytes32) {
        bytes32 kind = keccak256(
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
        );
        uint256 before = block.timestamp + 1;
        return tokenDigest(keccak256(abi.encode(kind, alice, address(vault), amount, 0, before, nonce)));
    }

    function tokenDigest(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), structHash));
    }

    function sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function signP256(uint256 key, bytes32 digest) internal pure returns (bytes32 r, bytes32 s) {
        (r, s) = vm.signP256(key, sha256(bytes.concat(digest)));
        if (uint256(s) > P256_ORDER / 2) s = bytes32(P256_ORDER - uint256(s));
    }

    /// Of the first `count` witnesses; the others stay silent.
    function signatures(SpaceVault which, Anchor memory it, uint256 count)
        internal
        view
        returns (bytes[] memory all)
    {
        all = new bytes[](witnesses.length);
        for (uint256 i = 0; i < count; i++) {
            all[i] = sign(witnessKeys[i], anchorDigest(which, it));
        }
    }

    // Refusals

    function refused(bytes4 error) internal {
        vm.expectPartialRevert(error);
    }

    function refused(bytes4 error, uint256 a) internal {
        vm.expectRevert(abi.encodeWithSelector(error, a));
    }

    function refused(bytes4 error, uint256 a, uint256 b) internal {
        vm.expectRevert(abi.encodeWithSelector(error, a, b));
    }

    function refused(bytes4 error, bytes32 a) internal {
        vm.expectRevert(abi.encodeWithSelector(error, a));
    }

    function refused(bytes4 error, address a) internal {
        vm.expectRevert(abi.encodeWithSelector(error, a));
    }
}
