// Has the compiler's model checker prove every assertion in the contracts of this folder, with z3 as its solver. A number
// of steps bounds each proof, not a time, so a busy machine proves the same. Arguments, if any, choose contracts.
//   --bugs  instead plants bugs and expects an assertion to break by each; and puts `false` into every assertion and
//           expects each of them to break: what nothing reaches is proved by nothing.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const home = join(import.meta.dirname, "..");
const contracts = ["AnyTree", "HonestTree"];
const options = ["rlimit=40000000", "rewriter.pull_cheap_ite=true", "fp.spacer.q3.use_qgen=true", "fp.spacer.mbqi=false"];
const [safe, broken] = ["9576", "6328"]; // what the compiler calls its findings

// What, in which file, the text to patch, what it becomes, and which contract breaks.
const bugs = [
  ["a deposit is not added", "src/libraries/Bookkeeping.sol", "uint256 sum = total + amount;", "uint256 sum = total;", "AnyTree"],
  ["a total may wrap around", "src/libraries/Bookkeeping.sol", "amount <= sum && ", "", "AnyTree"],
  ["a total may outgrow its bits", "src/libraries/Bookkeeping.sol", " && sum < LIMIT", "", "AnyTree"],
  ["what was spent is held", "src/libraries/Bookkeeping.sol", "paidIn - spent : 0", "paidIn : 0", "HonestTree"],
  ["a claim has no bound", "src/libraries/Bookkeeping.sol", "claimable <= all && ", "", "AnyTree"],
  ["a claim pays the total", "src/libraries/Bookkeeping.sol", "return claimable - paidOut;", "return claimable;", "AnyTree"],
  ["the exit forgets claims", "src/libraries/Bookkeeping.sol", "net), paidOut)", "net), 0)", "HonestTree"],
  ["claims may spend the bonds", "src/libraries/Bookkeeping.sol", "total > less ? total - less : 0", "total", "AnyTree"],
  // The vault cannot keep this one out; it gives everybody a day to settle who spent.
  ["a spender leaves unsettled", "proofs/HonestTree.sol", " && (b.isSettled || b.net >= 0)", "", "HonestTree"],
];

const names = process.argv.slice(2).filter((name) => contracts.includes(name));
if (process.argv.includes("--bugs")) plantAll();
else if (names.length === 1) report(names[0]);
else await proveAll();

/** Each contract in a process of its own: the compiler waits for the solver. */
async function proveAll() {
  const counts = await Promise.all(contracts.map((name) => new Promise((resolve) => {
    const child = spawn(process.execPath, [import.meta.filename, name], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (text) => (said += text));
    child.on("close", () => resolve(/(\d+) passed, (\d+) failed/.exec(said)?.slice(1).map(Number) ?? [0, 1]));
  })));
  finish(...counts.reduce(([p, f], [passed, failed]) => [p + passed, f + failed], [0, 0]));
}

function report(name) {
  const { proved, open, asserted } = prove(name);
  for (const text of open) console.error(text);
  finish(proved, asserted - proved);
}

function finish(passed, failed) {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
}

function plantAll() {
  let missed = 0;
  for (const [what, file, before, after, name] of bugs) {
    const source = readFileSync(join(home, file), "utf8");
    const isThere = source.split(before).length === 2;
    const found = isThere && prove(name, { [file]: source.replace(before, () => after) }).refuted > 0;
    if (!found) missed++;
    console.log(`${(found ? "found" : isThere ? "not found" : "unplanted").padEnd(9)} ${what}`);
  }
  for (const name of contracts) {
    const file = `proofs/${name}.sol`;
    const source = readFileSync(join(home, file), "utf8");
    const { refuted, asserted } = prove(name, { [file]: source.replace(/\bassert\(.*\);/g, "assert(false);") });
    missed += asserted - refuted;
    console.log(`${refuted} of ${asserted} assertions of ${name} are reached.`);
  }
  process.exitCode = missed === 0 ? 0 : 1;
}

/** How many assertions hold, how many break, what the compiler says of those and the undecided, and how many there are. */
function prove(name, patched = {}) {
  const file = `proofs/${name}.sol`;
  const read = (path) => patched[path] ?? readFileSync(join(home, path), "utf8");
  const modelChecker = {
    contracts: { [file]: [name] },
    engine: "chc",
    showProvedSafe: true,
    showUnproved: true,
    solvers: ["smtlib2"],
    targets: ["assert"],
  };
  const input = { language: "Solidity", sources: { [file]: { content: read(file) } }, settings: { modelChecker } };
  const output = require("solc").compile(JSON.stringify(input), {
    import: (path) => ({ contents: read(path) }),
    smtSolver: (query) => ({ contents: solve(query) }),
  });
  const { errors = [] } = JSON.parse(output);
  const said = (code) => errors.filter((error) => error.errorCode === code).map((error) => error.formattedMessage);
  for (const error of errors.filter(({ severity }) => severity === "error")) console.error(error.formattedMessage);
  const open = said(broken);
  // Of others it says that they might break: there it came to no end.
  const refuted = open.filter((text) => text.includes("violation happens here")).length;
  return { proved: said(safe).length, refuted, open, asserted: read(file).split(/\bassert\(/).length - 1 };
}

function solve(query) {
  return spawnSync("z3", ["-smt2", "-in", ...options], { input: query, encoding: "utf8", maxBuffer: 1 << 28 }).stdout;
}
