// Plants one bug at a time in a copy of the sources, and expects the named tests to fail: a law that no bug can break
// protects nothing. Takes some minutes; `./test.sh --bugs` runs it. Arguments, if any, choose bugs by their numbers.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// What, where, the tests that must fail, the text to patch, and what it becomes.
const bugs = [
  ["a claim is not booked", "vault/Claims.sol", "invariant_The_balance",
    "if (amount != 0) entry.claimed = uint120(leaf.claimable);", ""],
  ["a claim pays the total", "libraries/Bookkeeping.sol", "invariant_Everybody_got",
    "return claimable - paidOut;", "return claimable;"],
  ["a claim above the holdings is paid", "libraries/Bookkeeping.sol", "testFuzz_Nobody_claims",
    "claimable <= all && ", ""],
  ["a failed payment stays booked", "vault/Claims.sol", "invariant_Everybody_got",
    "_accounts[leaf.account].claimed = uint120(leaf.claimable - amount);", ""],
  ["a receiver of a batch may burn all gas", "vault/Claims.sol", "test_Receivers_that_refuse",
    "RECEIVER_GAS)) {", "gasleft())) {"],
  ["a batch stops at a bad receiver", "vault/Claims.sol", "invariant_",
    "emit Unpaid(leaf.account, amount);", "revert();"],
  ["any key claims for any account", "vault/Claims.sol", "test_Another_key",
    "if (leaf.account != AccountIds.accountOf(key))", "if (false)"],
  ["what is proposed counts as good", "vault/GoodRoots.sol", "invariant_Only_a_good_root",
    "emit Proposed(", "_good.payoutRoot = head_.payoutRoot; emit Proposed("],
  ["a proposal need not wait", "vault/GoodRoots.sol", "testFuzz_A_root_is_not_good",
    "if (block.timestamp < _proposal.until)", "if (false)"],
  ["a challenged proposal lives on", "vault/GoodRoots.sol", "test_A_challenged_proposal",
    "_proposal.challenger == address(0) && _proposal.size", "_proposal.size"],
  ["a dead proposal can wait again", "vault/GoodRoots.sol", "test_A_challenged_proposal",
    "if (head_.size <= _proposal.size)", "if (false)"],
  ["the next proposal need not wait", "vault/GoodRoots.sol", "test_threat_operator_that_challenges_itself",
    "if (isDead && block.timestamp < _proposal.until)", "if (false)"],
  ["a challenge may come late", "vault/GoodRoots.sol", "test_A_challenge_comes",
    "if (block.timestamp >= _proposal.until)", "if (false)"],
  ["the threshold is one lower", "vault/GoodRoots.sol", "testFuzz_Any_three",
    "count < _threshold", "count + 1 < _threshold"],
  ["the operator endorses what it anchors", "vault/GoodRoots.sol", "test_The_operator_does_not",
    "_requireEndorsed(_digestOf(size, root, payoutRoot), witnesses, signatures);", ""],
  ["a witness may count twice", "vault/GoodRoots.sol", "test_A_witness_counts",
    "if (i > 0 && witnesses[i] <= witnesses[i - 1])", "if (false)"],
  ["a bond comes back twice", "vault/GoodRoots.sol", "invariant_Bonds",
    "delete _bonds[challenger];", ""],
  ["a bond comes back at once", "vault/GoodRoots.sol", "test_Bonds_come_back_with",
    "if (!_isFree(challenger))", "if (false)"],
  ["a lost bond goes to nobody", "vault/GoodRoots.sol", "invariant_Bonds",
    "_bonds[_operator].amount += bond;", ""],
  ["any endorsement takes the bond", "vault/GoodRoots.sol", "invariant_Bonds",
    "if (isProposal && _proposal", "if (_proposal"],
  ["claims may spend the bonds", "vault/Ledger.sol", "test_A_tree_that_is_wrong",
    "if (amount > available)", "if (false)"],
  ["the doors stay open", "vault/Ledger.sol", "test_A_receiver_cannot",
    "_busy = 1;", ""],
  ["a size may fall", "vault/Anchors.sol", "test_A_size_does_not",
    "size <= current || ", ""],
  ["anchors do not chain", "vault/Anchors.sol", "invariant_The_slot",
    "abi.encode(previous, size", "abi.encode(bytes32(0), size"],
  ["anybody anchors", "vault/Anchors.sol", "test_Only_the_operator",
    "if (msg.sender != _operator)", "if (false)"],
  ["a fee on transfer is let in", "vault/Deposits.sol", "test_A_token_that_takes",
    "if (received != amount)", "if (false)"],
  ["an authorization is for any account", "vault/Deposits.sol", "test_An_authorization_pays_in",
    "abi.encode(account, salt)", "abi.encode(salt)"],
  ["the exit forgets claims", "libraries/Bookkeeping.sol", "invariant_",
    "holdings(paidIn, net), paidOut)", "holdings(paidIn, net), 0)"],
  ["who left may leave again", "vault/Ending.sol", "invariant_",
    "entry.claimed = uint120(Bookkeeping.plus(entry.claimed, amount));", ""],
  ["the end throws a waited proposal away", "vault/Ending.sol", "test_A_proposal_whose_window",
    "if (_isOverdue())", "if (false)"],
  ["the end comes early", "vault/Ending.sol", "testFuzz_A_space_is_not_ended",
    "_good.at + _exitAfter;", "_good.at + _exitAfter - 1;"],
  ["the last node is taken for an inner one", "libraries/JournalProof.sol", "testFuzz_Each_entry",
    "node & 1 == 1 || node == last", "node & 1 == 1"],
  ["a proof may be too short", "libraries/JournalProof.sol", "testFuzz_Nothing_else",
    "return last == 0 && hash", "return hash"],
  ["siblings are not sorted", "libraries/Trees.sol", "testFuzz_Payout_proofs",
    "shl(5, lt(sibling, node))", "0x20"],
];

const home = join(import.meta.dirname, "..");
const suites = readdirSync(join(home, "test"), { recursive: true }).filter((name) => name.endsWith(".t.sol"));
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
function plant(what, file, tests, before, after) {
  const path = join(copy, "src", file);
  const source = readFileSync(path, "utf8");
  if (source.split(before).length !== 2) return "unplanted";
  writeFileSync(path, source.replace(before, () => after));
  // Only the file that has the tests is compiled.
  const suite = suites.find((name) => readFileSync(join(home, "test", name), "utf8").includes(`function ${tests}`));
  const filter = ["--match-path", `test/${suite}`, "--match-test", tests];
  const run = spawnSync(join(home, "node_modules/.bin/forge"), ["test", ...filter, "--allow-failure"], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, FORGE_SNAPSHOT_CHECK: "false", FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: "0" },
  });
  writeFileSync(path, source);
  const [, failed] = /: \d+ tests passed, (\d+) failed/.exec(run.stdout) ?? [];
  return failed === undefined ? "unplanted" : failed === "0" ? "not found" : "found";
}
