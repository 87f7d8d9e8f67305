// Writes abi/NAME.json, {"abi":…,"bytecode":"0x…"}, for whoever deploys or calls the contracts without forge; of the
// factory, which has no arguments, also the "deployedBytecode" that then stands on the chain, to know ours by.
// With --check it writes nothing, and fails where the sources build something else.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;
const names = ["Anchorage", "RewardToken", "SpaceVault", "TestToken", "VaultFactory"];
const isCheck = process.argv.includes("--check");

execFileSync(join(folder, "node_modules/.bin/forge"), ["build", "--quiet"], { cwd: folder, stdio: "inherit" });
mkdirSync(join(folder, "abi"), { recursive: true });
const stale = names.filter((name) => !update(join(folder, "abi", `${name}.json`), artifact(name)));
if (stale.length > 0) {
  console.error(`The sources build another ${stale.join(", ")} than abi/ holds: run node build.mjs and commit.`);
  process.exitCode = 1;
}

function artifact(name) {
  const built = JSON.parse(readFileSync(join(folder, "out", `${name}.sol`, `${name}.json`), "utf8"));
  const abi = built.abi.sort((a, b) => (key(a) < key(b) ? -1 : 1)).map((item) => `    ${JSON.stringify(item)}`);
  const deployed = name === "VaultFactory" ? `,\n  "deployedBytecode": "${built.deployedBytecode.object}"` : "";
  return `{\n  "abi": [\n${abi.join(",\n")}\n  ],\n  "bytecode": "${built.bytecode.object}"${deployed}\n}\n`;
}

// Overloads differ in their inputs alone.
function key({ type, name = "", inputs = [] }) {
  return `${type} ${name}(${inputs.map((input) => input.type)})`;
}

function update(path, text) {
  if (!isCheck) writeFileSync(path, text);
  return existsSync(path) && readFileSync(path, "utf8") === text;
}
