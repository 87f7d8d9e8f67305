import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Hex } from "../src/hex.js";
import { checkSignature } from "../src/signatures.js";
import { read, type VectorFile } from "./vectors/file.js";

// The bundle in a real browser: what Node cannot show is IndexedDB and another WebCrypto.
const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const vector = read<VectorFile>("messages.json")!.messages.find(({ name }) => name === "Vote")!;
const { space, message, digest, key } = vector;

const page = `
  import { DeviceKey, forgetKey, openingOf, seal, storedKey, unseal } from "/chainspace.js";
  const domain = ${JSON.stringify({ space })}, message = ${JSON.stringify(message)};
  const answer = {};
  try {
    if (location.search === "?forget") await forgetKey();
    const [key, same] = await Promise.all([storedKey(), storedKey()]);
    answer.accounts = [key.account, same.account];
    answer.publicKey = key.publicKey;
    answer.signature = await key.sign(domain, message);
    answer.exported = await crypto.subtle.exportKey("jwk", key.privateKey).then(() => true, () => false);
    answer.known = (await DeviceKey.fromPrivateKey("${key.privateKey}")).account;
    const opening = openingOf(3);
    const ballot = { domain, sealingKey: "${key.publicKey}", poll: message.poll, voter: message.account, opening };
    answer.isOpened = (await unseal(await seal(ballot), "${key.privateKey}"))?.salt === opening.salt;
  } catch (error) {
    answer.error = String(error);
  }
  await fetch("/answer", { method: "POST", body: JSON.stringify(answer) });`;

interface Answer {
  readonly error?: string;
  readonly accounts: Hex[];
  readonly publicKey: Hex;
  readonly signature: Hex;
  readonly exported: boolean;
  readonly known: Hex;
  readonly isOpened: boolean;
}

test("a device key stays in the browser, signs, and seals", { skip: !existsSync(chromium), timeout: 90_000 }, async () => {
  const entry = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, minify: true, format: "esm", write: false });
  const profile = mkdtempSync(join(tmpdir(), "chainspace-browser-"));
  try {
    const [first, second, third] = [
      await visit(outputFiles[0]!.text, profile, ""), await visit(outputFiles[0]!.text, profile, ""),
      await visit(outputFiles[0]!.text, profile, "?forget"),
    ];
    for (const answer of [first, second, third]) {
      assert.equal(answer.error, undefined);
      assert.equal(answer.accounts[0], answer.accounts[1], "two tabs at once get one key");
      assert.equal(answer.exported, false);
      assert.equal(answer.known, key.account);
      assert.ok(answer.isOpened);
      assert.equal(await checkSignature(answer.accounts[0]!, answer.signature, digest, answer.publicKey), "valid");
    }
    assert.equal(first.publicKey, second.publicKey, "the key survives the browser's end");
    assert.notEqual(second.publicKey, third.publicKey, "a forgotten key is gone");
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

// IndexedDB belongs to an origin, so each visit must find the page at the same port.
let port = 0;

async function visit(bundle: string, profile: string, search: string): Promise<Answer> {
  let answered: (text: string) => void;
  const answer = new Promise<string>((resolve) => (answered = resolve));
  const server = createServer((request, response) => {
    if (request.url === "/answer") return void collect(request).then(answered, answered).finally(() => response.end());
    const isScript = request.url!.endsWith(".js");
    const body = request.url === "/page.js" ? page : request.url === "/chainspace.js" ? bundle : "";
    response.writeHead(200, { "Content-Type": isScript ? "text/javascript" : "text/html" });
    response.end(isScript ? body : '<!doctype html><title>keys</title><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  const browser = spawn(chromium, [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", `--user-data-dir=${profile}`,
    "--remote-debugging-port=0", `http://localhost:${port}/${search}`,
  ], { stdio: "ignore" });
  try {
    return JSON.parse(await answer) as Answer;
  } finally {
    await new Promise((resolve) => setTimeout(resolve, 300)); // IndexedDB writes to its log behind the page's back.
    const ended = new Promise((resolve) => browser.once("exit", resolve));
    browser.kill("SIGTERM");
    await ended;
    server.close();
    server.closeAllConnections();
  }
}

async function collect(request: AsyncIterable<unknown>): Promise<string> {
  let text = "";
  for await (const part of request) text += String(part);
  return text;
}
