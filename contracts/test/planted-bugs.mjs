// Plants one bug at a time in a copy of the sources, and expects the named tests to fail: a law that no bug can break
// protects nothing. Takes some minutes; `./test.sh --bugs` runs it. Arguments, if any, choose bugs by their numbers.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const bugs = [
  ["a claim is not booked", "vault/Claims.sol", "entry.claimed = SafeCast.toUint120(leaf.claimable);", "", "invariant_The_balance"],
  ["a claim pays the total", "vault/Claims.sol", "return leaf.claimable - before;", "return leaf.claimable;", "invariant_Everybody_got"],
  ["a claim above the holdings is paid", "vault/Claims.sol", "if (leaf.claimable > holdings)", "if (false)", "testFuzz_Nobody_claims"],
  ["a failed payment stays booked", "vault/Claims.sol", "_accounts[leaf.account].claimed = uint120(leaf.claimable - amount);", "", "invariant_Everybody_got"],
  ["a receiver of a batch may burn all gas", "vault/Claims.sol", "RECEIVER_GAS)) {", "gasleft())) {", "test_Receivers_that_refuse"],
  ["a batch stops at a bad receiver", "vault/Claims.sol", "emit Unpaid(leaf.account, amount);", "revert();", "invariant_"],
  ["any key claims for any account", "vault/Claims.sol", "if (leaf.account != AccountIds.accountOf(key))", "if (false)", "test_Another_key"],
  ["what is proposed counts as good", "vault/GoodRoots.sol", "emit Proposed(", "_good.payoutRoot = head_.payoutRoot; emit Proposed(", "invariant_Only_a_good_root"],
  ["a proposal need not wait", "vault/GoodRoots.sol", "if (block.timestamp < _proposal.until)", "if (false)", "testFuzz_A_root_is_not_good"],
  ["a challenged proposal lives on", "vault/GoodRoots.sol", "_proposal.challenger == address(0) && _proposal.size", "_proposal.size", "test_A_challenged_proposal"],
  ["a dead proposal can wait again", "vault/GoodRoots.sol", "if (head_.size <= _proposal.size)", "if (false)", "test_A_challenged_proposal"],
  ["a challenge may come late", "vault/GoodRoots.sol", "if (block.timestamp >= _proposal.until)", "if (false)", "test_A_challenge_comes"],
  ["the threshold is one lower", "vault/GoodRoots.sol", "count < _threshold", "count + 1 < _threshold", "testFuzz_Any_three"],
  ["a witness may count twice", "vault/GoodRoots.sol", "if (i > 0 && witnesses[i] <= witnesses[i - 1])", "if (false)", "test_A_witness_counts"],
  ["a bond comes back twice", "vault/GoodRoots.sol", "delete _bonds[challenger];", "", "invariant_Bonds"],
  ["a bond comes back at once", "vault/GoodRoots.sol", "if (!_isFree(challenger))", "if (false)", "test_Bonds_come_back_with"],
  ["a lost bond goes to nobody", "vault/GoodRoots.sol", "_bonds[_operator].amount += bond;", "", "invariant_Bonds"],
  ["any endorsement takes the bond", "vault/GoodRoots.sol", "if (isProposal && _proposal", "if (_proposal", "invariant_Bonds"],
  ["claims may spend the bonds", "vault/Ledger.sol", "if (amount > available)", "if (false)", "test_A_tree_that_is_wrong"],
  ["the doors stay open", "vault/Ledger.sol", "_busy = 1;", "", "test_A_receiver_cannot"],
  ["a size may fall", "vault/Anchors.sol", "size <= current || ", "", "test_A_size_does_not"],
  ["anchors do not chain", "vault/Anchors.sol", "abi.encode(previous, size", "abi.encode(bytes32(0), size", "invariant_The_slot"],
  ["anybody anchors", "vault/Anchors.sol", "if (msg.sender != _operator)", "if (false)", "test_Only_the_operator"],
  ["a fee on transfer is let in", "vault/Deposits.sol", "if (received != amount)", "if (false)", "test_A_token_that_takes"],
  ["an authorization is for any account", "vault/Deposits.sol", "abi.encode(account, salt)", "abi.encode(salt)", "test_An_authorization_pays_in"],
  ["the exit forgets claims", "vault/Ending.sol", "_holdings(entry.deposited, leaf.net), entry.claimed)", "_holdings(entry.deposited, leaf.net), 0)", "invariant_"],
  ["who left may leave again", "vault/Ending.sol", "entry.claimed = SafeCast.toUint120(entry.claimed + amount);", "", "invariant_"],
  ["the end throws a waited proposal away", "vault/Ending.sol", "if (_isOverdue())", "if (false)", "test_A_proposal_whose_window"],
  ["the end comes early", "vault/Ending.sol", "_good.at + _exitAfter;", "_good.at + _exitAfter - 1;", "testFuzz_A_space_is_not_ended"],
  ["the last node is taken for an inner one", "libraries/JournalProof.sol", "node & 1 == 1 || node == last", "node & 1 == 1", "testFuzz_Each_entry"],
  ["a proof may be too short", "libraries/JournalProof.sol", "return last == 0 && hash", "return hash", "testFuzz_Nothing_else"],
  ["siblings are not sorted", "libraries/Trees.sol", "shl(5, lt(sibling, node))", "0x20", "testFuzz_Payout_proofs"],
];

const home = join(import.meta.dirname, "..");
const chosen = process.argv.slice(2).map(Number);
const copy = mkdtempSync(join(tmpdir(), "planted-"));
const copied = ["foundry.toml", "src", "test", "tools"];
for (const name of copied) cpSync(join(home, name), join(copy, name), { recursive: true });
symlinkSync(join(home, "node_modules"), join(copy, "node_modules"));
let missed = 0;
for (const [number, bug] of bugs.entries()) {
  if (chosen.length > 0 && !chosen.includes(number)) continue;
  const verdict = plant(...bug);
  if (verdict !== "found") missed++;
  console.log(`${String(number).padStart(2)}  ${verdict.padEnd(9)} ${bug[0]}`);
}
rmSync(copy, { recursive: true });
console.log(`${missed} planted bugs were not found.`);
process.exitCode = missed === 0 ? 0 : 1;

/** "found" when the tests fail, "not found" when they pass, "unplanted" when there is nothing to patch or to run. */
function plant(what, file, before, after, tests) {
  const path = join(copy, "src", file);
  const source = readFileSync(path, "utf8");
  if (source.split(before).length !== 2) return "unplanted";
  writeFileSync(path, source.replace(before, () => after));
  const run = spawnSync(join(home, "node_modules/.bin/forge"), ["test", "--match-test", tests, "--allow-failure"], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, FORGE_SNAPSHOT_CHECK: "false", FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: "0" },
  });
  writeFileSync(path, source);
  const [, failed] = /: \d+ tests passed, (\d+) failed/.exec(run.stdout) ?? [];
  return failed === undefined ? "unplanted" : failed === "0" ? "not found" : "found";
}
