// Flips one operator, bound or guard of the sources at a time, and expects a test to fail: what can be flipped unseen is
// tested by nobody. Takes hours; arguments choose sources by a part of their path. First come the suites that name what
// was mutated, then, if none failed, all but the gas figures, which would find anything.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const flips = [
  [" < ", " <= "], [" <= ", " < "], [" > ", " >= "], [" >= ", " > "], [" == ", " != "], [" != ", " == "],
  [" && ", " || "], [" || ", " && "], [" + ", " - "], [" - ", " + "], [" += ", " -= "], [" -= ", " += "],
  [" << ", " >> "], [" >>= 1", " >>= 2"], ["++;", "--;"], ["!_", "_"], ["(!", "("], [" = true;", " = false;"],
  [" return 0;", " return 1;"], ["return last == 0 && ", "return "], ["lt(", "gt("], [" and(", " or("],
];
// A guard that lets everything pass, or stops everything; an act that is left out.
const guards = [[/\bif \((.*)\) revert /, "if (false) revert "], [/\brequire\(.*, (\w+\()/, "require(true, $1"]];
const acts = [/^ +(_\w+\(.*\);|[\w.[\]]+ (?:=|\+=|-=|\|=) .*;|emit .*;|delete .*;)$/];

// The tests are linked when they run, so that a mutant does not compile all of them anew.
const quick = {
  FORGE_SNAPSHOT_CHECK: "false",
  FOUNDRY_DYNAMIC_TEST_LINKING: "true",
  FOUNDRY_FUZZ_RUNS: "32",
  FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: "0",
};

const home = join(import.meta.dirname, "..");
const suites = readdirSync(join(home, "test"), { recursive: true }).filter((name) => name.endsWith(".t.sol"));
const copy = mkdtempSync(join(tmpdir(), "mutated-"));
for (const name of ["foundry.toml", "src", "test", "tools"]) cpSync(join(home, name), join(copy, name), { recursive: true });
symlinkSync(join(home, "node_modules"), join(copy, "node_modules"));

const chosen = process.argv.slice(2);
const sources = readdirSync(join(home, "src"), { recursive: true })
  .filter((path) => path.endsWith(".sol") && !/^(interfaces|demo)/.test(path))
  .filter((path) => chosen.length === 0 || chosen.some((part) => path.includes(part)));
for (const path of sources) {
  const tally = { found: 0, survived: 0, invalid: 0 };
  for (const mutant of mutantsOf(path)) tally[judge(path, mutant)]++;
  console.log(`${path}: ${tally.found} of ${tally.found + tally.survived} found, ${tally.invalid} more do not compile`);
}
rmSync(copy, { recursive: true });

function mutantsOf(path) {
  const lines = readFileSync(join(home, "src", path), "utf8").split("\n");
  const mutants = [];
  for (const [i, line] of lines.entries()) {
    if (/^\s*(\/\/|import|error|event|pragma)/.test(line) || /\b(mapping|function|modifier)\b/.test(line)) continue;
    const add = (after) => after !== line && mutants.push({ number: i + 1, line, after, text: lines.with(i, after).join("\n") });
    for (const [from, to] of flips) {
      for (let at = line.indexOf(from); at >= 0; at = line.indexOf(from, at + 1)) {
        add(line.slice(0, at) + to + line.slice(at + from.length));
      }
    }
    for (const [guard, open] of guards) add(line.replace(guard, open));
    if (acts.some((act) => act.test(line))) add("");
  }
  return mutants;
}

function judge(path, { number, line, after, text }) {
  const file = join(copy, "src", path);
  const source = readFileSync(file, "utf8");
  writeFileSync(file, text);
  const name = basename(path, ".sol");
  const says = (suite) => new RegExp(`\\b${name}\\b`).test(suite + readFileSync(join(home, "test", suite), "utf8"));
  const near = suites.filter(says);
  const verdict = near.length > 0 ? run(["--match-path", `test/{${near.join(",")},}`]) : "survived";
  const last = verdict === "survived" ? run(["--no-match-contract", "^Gas$"]) : verdict;
  writeFileSync(file, source);
  if (last === "survived") console.log(`${path}:${number}  ${line.trim()}  =>  ${after.trim() || "nothing"}`);
  return last;
}

function run(filter) {
  const { stdout } = spawnSync(join(home, "node_modules/.bin/forge"), ["test", "--fail-fast", ...filter], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, ...quick },
  });
  const [, failed] = /: \d+ tests passed, (\d+) failed/.exec(stdout) ?? [];
  return failed === undefined ? "invalid" : failed === "0" ? "survived" : "found";
}
