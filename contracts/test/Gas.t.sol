// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Score, SuperLeaf} from "../src/interfaces/IAnchorage.sol";
import {Anchor, Leaf, P256Key} from "../src/interfaces/ISpaceVault.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {Trees} from "./Trees.sol";
import {VaultTest} from "./VaultTest.sol";

/// What each act costs, base fee and calldata included, and the goals it must not miss. A payout tree has 1,024
/// accounts, a proof ten hashes, unless said otherwise.
contract Gas is VaultTest {
    uint256 private constant ACCOUNTS = 1024;

    bytes32[] private _nodes;

    function setUp() public override {
        super.setUp();
        fund(vault, requester, 5000 ether);
        fund(coinVault, requester, 5000 ether);
    }

    function test_Anchoring() public {
        anchor(vault, keccak256("one"));
        anchor(vault, keccak256("two"));
        cost("anchor", 30_000);
        (, uint48 size) = vault.head();
        Anchor memory next = Anchor(0, size + 1, 0, ROOT, keccak256("three"));
        bytes[] memory signed = signatures(vault, next, 3);
        vm.prank(operator);
        vault.anchorEndorsed(next.size, next.root, next.payoutRoot, witnesses, signed);
        cost("anchor_endorsed_3_of_5_first", 120_000);
    }

    function test_Super_root_and_adoption() public {
        anchor(vault, keccak256("one"));
        SuperLeaf memory leaf = SuperLeaf(SPACE, 10_000, ROOT, keccak256("payouts"), keccak256("reputation"));
        bytes32[] memory nodes = among(Trees.hashOf(leaf));
        vm.prank(operator);
        anchorage.anchor(keccak256("before"));
        bytes32 previous = anchorage.head(operator);
        vm.prank(operator);
        anchorage.anchor(nodes[0]);
        cost("super_anchor", 30_000);
        vault.adopt(leaf, previous, nodes[0], Trees.proofOf(nodes, 7));
        cost("adopt", 50_000);
    }

    /// A view: a contract that asks pays for its computing alone, and so does this figure.
    function test_Score_of_another_chain() public {
        Score memory score = Score(idOf(worker), "images", 970_000, 910_000, 41);
        bytes32[] memory scores = among(Trees.hashOf(score));
        bytes32[] memory spaces =
            among(Trees.hashOf(SuperLeaf(SPACE, 10_000, ROOT, keccak256("payouts"), scores[0])));
        vm.prank(operator);
        anchorage.anchor(spaces[0]);
        anchorage.verifyScore(
            operator,
            0,
            spaces[0],
            SuperLeaf(SPACE, 10_000, ROOT, keccak256("payouts"), scores[0]),
            Trees.proofOf(spaces, 7),
            score,
            Trees.proofOf(scores, 7)
        );
        cost("verify_score", 8000);
    }

    function test_Good_roots() public {
        makeGood(vault, payment(idOf(requester), idOf(worker), 1 ether));
        Anchor memory head = anchor(vault, keccak256("two"));
        endorse(vault, head);
        cost("endorse_3_of_5", 75_000);
        propose(vault, keccak256("three"));
        challenge(vault);
        cost("challenge", 100_000);
        propose(vault, keccak256("four"));
        cost("propose", 65_000);
        vm.warp(block.timestamp + WINDOW);
        vault.promote();
        cost("promote", 50_000);
    }

    function test_Deposits() public {
        vm.prank(requester);
        coinVault.deposit{value: 1 ether}(idOf(worker));
        cost("deposit_native", 47_000);
        vm.prank(requester);
        vault.deposit(idOf(worker), 1 ether);
        cost("deposit_erc20", 68_000);
    }

    function test_Deposit_with_permit() public {
        vm.prank(alice);
        token.approve(address(vault), 0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ALICE_KEY, permitDigest(1 ether, block.timestamp));
        vm.prank(alice);
        vault.depositWithPermit(idOf(alice), 1 ether, block.timestamp, v, r, s);
        cost("deposit_permit", 105_000);
    }

    function test_Deposit_with_authorization() public {
        bytes32 nonce = keccak256(abi.encode(idOf(alice), keccak256("salt")));
        bytes32 digest = authorizationDigest(1 ether, nonce);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ALICE_KEY, digest);
        uint256 before = block.timestamp + 1;
        vault.depositWithAuthorization(alice, idOf(alice), 1 ether, 0, before, keccak256("salt"), v, r, s);
        cost("deposit_authorization", 100_000);
    }

    function test_Claims_of_tokens() public {
        uint256[] memory chosen = neighbours();
        Leaf[] memory leaves = payEverybody(vault, 1 ether);
        vault.claim(leaves[1], Trees.proofOf(_nodes, 1));
        cost("claim_erc20_first", 92_000);
        claimAll(vault, leaves, chosen);
        leaves = payEverybody(vault, 2 ether);
        vault.claim(leaves[1], Trees.proofOf(_nodes, 1));
        cost("claim_erc20_repeat", 56_000);
        uint256 gasUsed = claimAll(vault, leaves, chosen) / chosen.length;
        vm.snapshotValue("claim_multi_256_each", gasUsed);
        atMost(gasUsed, 19_000, "claim_multi_256_each");
    }

    function test_Claims_of_coin() public {
        Leaf[] memory leaves = payEverybody(coinVault, 1 ether);
        coinVault.claim(leaves[1], Trees.proofOf(_nodes, 1));
        cost("claim_native_first", 97_000);
        leaves = payEverybody(coinVault, 2 ether);
        coinVault.claim(leaves[1], Trees.proofOf(_nodes, 1));
        cost("claim_native_repeat", 55_000);
    }

    function test_Claim_by_a_P256_key() public {
        P256Key memory key = p256Key(P256_KEY);
        Leaf[] memory leaves = payment(idOf(requester), idOf(key), 1 ether);
        makeGood(vault, leaves);
        (bytes32 r, bytes32 s) = signP256(P256_KEY, claimDigest(vault, worker, leaves[1]));
        vault.claimTo(worker, key, leaves[1], proofOf(leaves, 1), r, s);
        cost("claim_p256", 98_000);
    }

    function test_Entry_of_a_journal() public {
        bytes32 leaf = keccak256("entry");
        bytes32[] memory proof = new bytes32[](20);
        bytes32 root = leaf;
        for (uint256 i = 0; i < proof.length; i++) {
            proof[i] = keccak256(abi.encode(i));
            root = sha256(abi.encodePacked(bytes1(0x01), root, proof[i]));
        }
        vm.prank(operator);
        vault.anchor(1 << 20, root, 0);
        Anchor memory head = Anchor(0, 1 << 20, uint48(block.timestamp), root, 0);
        isTrue(vault.verifyEntry(head, leaf, 0, proof), "the entry is there");
        cost("verify_entry", 70_000);
    }

    function test_Deploying_a_vault() public {
        factory.create(keccak256("another space"), terms(address(token)));
        cost("deploy_vault", 4_600_000);
    }

    /// Ten thousand votes earned by a hundred workers: one anchor with its endorsement, and each worker's own claim.
    function test_A_paid_vote() public {
        Leaf[] memory leaves = payHundred(1 ether);
        claimEach(leaves);
        leaves = payHundred(2 ether);
        uint256 gasUsed = vm.lastCallGas().gasTotalUsed + claimEach(leaves);
        vm.snapshotValue("per_paid_vote", gasUsed / 10_000);
        atMost(gasUsed / 10_000, 560, "per_paid_vote");
    }

    function cost(string memory name, uint256 limit) private {
        atMost(vm.snapshotGasLastCall(name), limit, name);
    }

    /// A tree in which the leaf has the place seven.
    function among(bytes32 leaf) private pure returns (bytes32[] memory nodes) {
        bytes32[] memory leaves = new bytes32[](ACCOUNTS);
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            leaves[i] = i == 7 ? leaf : keccak256(abi.encode(i));
        }
        return Trees.grow(leaves);
    }

    function neighbours() private pure returns (uint256[] memory chosen) {
        chosen = new uint256[](256);
        for (uint256 i = 0; i < 256; i++) {
            chosen[i] = i + 2;
        }
    }

    function paidBy(uint256 count, uint256 each) private view returns (Leaf[] memory leaves) {
        leaves = new Leaf[](count);
        leaves[0] = Leaf(idOf(requester), 0, -int256((count - 1) * each));
        for (uint256 i = 1; i < count; i++) {
            address wallet = address(uint160(uint256(keccak256(abi.encode("worker", i)))));
            leaves[i] = Leaf(idOf(wallet), each, int256(each));
        }
    }

    function payEverybody(SpaceVault which, uint256 each) private returns (Leaf[] memory leaves) {
        leaves = paidBy(ACCOUNTS, each);
        _nodes = Trees.grow(leaves);
        Anchor memory head = anchor(which, _nodes[0]);
        endorse(which, head);
    }

    /// 101 leaves: seven hashes for each proof but a few.
    function payHundred(uint256 each) private returns (Leaf[] memory leaves) {
        leaves = paidBy(101, each);
        _nodes = Trees.grow(leaves);
        (, uint48 size) = vault.head();
        Anchor memory next = Anchor(0, size + 10_000, 0, ROOT, _nodes[0]);
        bytes[] memory signed = signatures(vault, next, 3);
        vm.prank(operator);
        vault.anchorEndorsed(next.size, next.root, next.payoutRoot, witnesses, signed);
    }

    function claimEach(Leaf[] memory leaves) private returns (uint256 gasUsed) {
        bytes32[] memory nodes = _nodes;
        for (uint256 i = 1; i < leaves.length; i++) {
            vault.claim(leaves[i], Trees.proofOf(nodes, i));
            gasUsed += vm.lastCallGas().gasTotalUsed;
        }
    }

    function claimAll(SpaceVault which, Leaf[] memory leaves, uint256[] memory chosen)
        private
        returns (uint256)
    {
        Leaf[] memory some = new Leaf[](chosen.length);
        for (uint256 i = 0; i < chosen.length; i++) {
            some[i] = leaves[chosen[i]];
        }
        (bytes32[] memory proof, bool[] memory flags) = Trees.proofOf(_nodes, chosen);
        which.claimMulti(some, proof, flags);
        return vm.lastCallGas().gasTotalUsed;
    }
}
