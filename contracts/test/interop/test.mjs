// Runs claim.mjs against a real node: a tree made by @openzeppelin/merkle-tree, artifacts out of abi/, signatures by
// viem. None of the code here is shared with the contracts or their tests.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { createWalletClient, encodePacked, http, keccak256, pad, publicActions, toHex, zeroAddress, zeroHash } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";

const home = join(import.meta.dirname, "../..");
const field = (name, type) => ({ name, type });
const artifact = (name) => JSON.parse(readFileSync(join(home, "abi", `${name}.json`), "utf8"));
const [vaultAbi, factoryAbi] = [artifact("SpaceVault").abi, artifact("VaultFactory").abi];
const folder = mkdtempSync(join(tmpdir(), "interop-"));
const node = spawn(join(home, "node_modules/.bin/anvil"), ["--port", "0", "--hardfork", "osaka", "--prune-history", "64"]);
try {
  await run(await listening());
  console.log("A published tree was claimed with.");
} finally {
  node.kill();
  rmSync(folder, { recursive: true });
}

function listening() {
  return new Promise((found, failed) => {
    node.on("exit", () => failed(new Error("The node ended before it listened.")));
    node.stdout.on("data", (text) => {
      const match = /Listening on (\S+)/.exec(text);
      if (match) found(`http://${match[1]}`);
    });
  });
}

async function run(url) {
  const client = createWalletClient({ transport: http(url) }).extend(publicActions);
  const [operator] = await client.getAddresses();
  const send = async (request) => {
    const hash = await request({ account: operator, chain: null });
    return client.waitForTransactionReceipt({ hash });
  };
  const call = (address, abi, functionName, args, value = 0n) =>
    send((from) => client.writeContract({ ...from, address, abi, functionName, args, value }));

  const factory = (await send((from) => client.deployContract({ ...from, ...artifact("VaultFactory") }))).contractAddress;
  const witness = privateKeyToAccount(generatePrivateKey());
  const terms = {
    asset: zeroAddress,
    operator,
    anchorage: zeroAddress,
    witnesses: keccak256(encodePacked(["bytes32"], [pad(witness.address)])),
    threshold: 1,
    window: 0,
    exitAfter: 86_400,
    bond: 0n,
  };
  const space = keccak256(toHex("a space"));
  await call(factory, factoryAbi, "create", [space, terms]);
  const vault = await client.readContract({ address: factory, abi: factoryAbi, functionName: "vaultOf", args: [space, terms] });
  await call(vault, vaultAbi, "deposit", [pad(operator)], 1000n);

  const workers = Array.from({ length: 50 }, (_, i) => pad(toHex(0xabc000 + i), { size: 20 }));
  const values = workers.map((worker, i) => [pad(worker), String(i), String(i)]);
  const tree = StandardMerkleTree.of([[pad(operator), "0", "-1225"], ...values], ["bytes32", "uint256", "int256"]);
  writeFileSync(join(folder, "tree.json"), JSON.stringify(tree.dump()));
  const anchor = { size: 7, root: zeroHash, payoutRoot: tree.root };
  const signature = await witness.signTypedData({
    domain: { name: "ChainSpace", version: "1", chainId: await client.getChainId(), verifyingContract: vault },
    types: { Anchor: [field("size", "uint48"), field("root", "bytes32"), field("payoutRoot", "bytes32")] },
    primaryType: "Anchor",
    message: anchor,
  });
  const { size, root, payoutRoot } = anchor;
  await call(vault, vaultAbi, "anchorEndorsed", [size, root, payoutRoot, [witness.address], [signature]]);

  const claim = [join(import.meta.dirname, "claim.mjs"), url, vault, join(folder, "tree.json"), workers[42]];
  execFileSync(process.execPath, claim, { stdio: ["ignore", "inherit", "inherit"] });
  const balance = await client.getBalance({ address: workers[42] });
  if (balance !== 42n) throw new Error(`The worker has ${balance} instead of 42.`);
}
