import { readdirSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";

// Runs every *.test.js beside this file and closes with the one line that counts.
const folder = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".test.js")).map((name) => folder + name);
let [passed, failed] = [0, 0];

const events = run({ files, concurrency: 2 });
events.on("test:pass", (test) => (passed += isLeaf(test) && test.skip === undefined && test.todo === undefined ? 1 : 0));
events.on("test:fail", (test) => (failed += isLeaf(test) ? 1 : 0));
events.compose(new spec()).pipe(process.stdout, { end: false });
events.on("end", () => process.exitCode = failed > 0 || passed === 0 ? 1 : 0);
process.on("exit", () => console.log(`${passed} passed, ${failed} failed`));

// A file that could not be loaded is a failed test of its own; a file that could is none.
function isLeaf({ name, details }: { name: string; details: { type?: string; error?: unknown } }): boolean {
  return details.type !== "suite" && (!files.includes(name) || details.error !== undefined);
}
