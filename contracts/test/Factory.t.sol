// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Anchor, Terms} from "../src/interfaces/ISpaceVault.sol";
import {IVaultFactory} from "../src/interfaces/IVaultFactory.sol";
import {SpaceVault} from "../src/SpaceVault.sol";
import {VaultTerms} from "../src/vault/VaultTerms.sol";
import {VaultFactory} from "../src/VaultFactory.sol";
import {VaultTest} from "./VaultTest.sol";

contract FactoryTest is VaultTest {
    function testFuzz_A_vault_is_where_its_space_and_terms_say(bytes32 space, uint32 exitAfter) public {
        vm.assume(space != SPACE);
        Terms memory its = terms(address(token));
        its.exitAfter = exitAfter > WINDOW ? exitAfter : WINDOW + 1;
        address expected = factory.vaultOf(space, its);
        vm.expectEmit(address(factory));
        emit IVaultFactory.VaultCreated(space, expected);
        vm.prank(stranger);
        isTrue(factory.create(space, its) == expected, "where it is");
        equal(SpaceVault(expected).space(), space, "space");
        equal(keccak256(abi.encode(SpaceVault(expected).terms())), keccak256(abi.encode(its)), "terms");
    }

    function test_Other_terms_are_another_vault() public view {
        Terms memory its = terms(address(token));
        address before = factory.vaultOf(SPACE, its);
        its.bond++;
        isTrue(factory.vaultOf(SPACE, its) != before, "another address");
    }

    function test_A_vault_is_created_once() public {
        Terms memory its = terms(address(token));
        refused(VaultFactory.VaultExists.selector, address(vault));
        factory.create(SPACE, its);
    }

    function test_What_is_deployed_keeps_to_the_limits_of_size() public view {
        atMost(address(vault).code.length, 24_576, "vault");
        atMost(address(factory).code.length, 24_576, "factory");
        atMost(type(VaultFactory).creationCode.length, 49_152, "init code of the factory");
    }

    // Terms that are refused

    function test_A_vault_needs_an_operator() public {
        Terms memory its = terms(address(token));
        its.operator = address(0);
        refused(VaultTerms.OperatorMissing.selector);
        factory.create(SPACE, its);
    }

    function test_An_asset_is_a_contract() public {
        Terms memory its = terms(stranger);
        refused(VaultTerms.AssetHasNoCode.selector, stranger);
        factory.create(SPACE, its);
    }

    function test_A_root_must_be_able_to_become_good() public {
        Terms memory its = terms(address(token));
        (its.window, its.threshold, its.witnesses) = (0, 0, 0);
        refused(VaultTerms.PolicyMissing.selector);
        factory.create(SPACE, its);
    }

    function test_A_threshold_needs_witnesses_and_witnesses_a_threshold() public {
        Terms memory its = terms(address(token));
        its.threshold = 0;
        vm.expectRevert(
            abi.encodeWithSelector(VaultTerms.WitnessesUnusable.selector, its.witnesses, uint256(0))
        );
        factory.create(SPACE, its);
        (its.threshold, its.witnesses) = (1, 0);
        vm.expectRevert(abi.encodeWithSelector(VaultTerms.WitnessesUnusable.selector, bytes32(0), uint256(1)));
        factory.create(SPACE, its);
    }

    function test_Challenges_are_not_free() public {
        Terms memory its = terms(address(token));
        its.bond = 0;
        refused(VaultTerms.BondMissing.selector, uint256(WINDOW));
        factory.create(SPACE, its);
    }

    function test_The_first_proposal_can_become_good_before_the_end() public {
        Terms memory its = terms(address(token));
        its.exitAfter = WINDOW;
        refused(VaultTerms.ExitTooEarly.selector, WINDOW, WINDOW);
        factory.create(SPACE, its);
    }
}
