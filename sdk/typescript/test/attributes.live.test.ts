import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { AttributeSession } from "../src/attributes.js";
import { ChainSpaceClient } from "../src/client.js";
import { issueCredential } from "../src/credentials.js";
import type { Hex } from "../src/hex.js";
import { DeviceKey } from "../src/keys.js";
import { Session } from "../src/session.js";
import type { PollView } from "../src/views.js";

const url = process.env["CHAINSPACE_URL"];
const skip = url === undefined ? "CHAINSPACE_URL is not set" : false;
const filter = { all: [{ age: { ge: 18 } }, { attribute: { name: "country", eq: "DE" } }] };
const terms = {
  options: ["Yes", "No"], reward: 100n, category: "live-attributes", voters: "admitted", filter,
  purpose: "The study compares grown-up birdwatchers of one country.",
} as const;

test("people show what a poll asks for, are admitted, drawn, and forgotten", { skip, timeout: 60_000 }, async () => {
  const client = new ChainSpaceClient(url!);
  const space = (await client.space(process.env["CHAINSPACE_SPACE"] ?? (await client.spaces()).data[0]!.id)).id;
  const keys = await Promise.all([DeviceKey.generate(), DeviceKey.generate(), DeviceKey.generate()]);
  const [requester, voter, child] = await Promise.all(keys.map((key) => Session.open(client, space, key)));
  await Promise.all([requester, voter, child].map((each) => each!.join()));
  const shown = new AttributeSession(client, space, keys[1]!);

  const born = { country: "DE", "date-of-birth": "1990-01-02", religion: "quaker" };
  const credential = await issueCredential(keys[1]!, { attributes: born });
  const kept = await shown.show(credential, ["country", "date-of-birth"]);
  assert.deepEqual(kept.attributes, { country: "DE", "date-of-birth": "1990-01-02" });
  assert.deepEqual([kept.isSelfStated, kept.issuer], [true, voter!.account]);
  const young = new AttributeSession(client, space, keys[2]!);
  const born2020 = { country: "DE", "date-of-birth": "2020-01-02" };
  await young.show(await issueCredential(keys[2]!, { attributes: born2020 }), ["country", "date-of-birth"]);

  const open = (await requester!.post({ ...terms, title: "Is this a sparrow?", maximum: 1 })).id;
  await until(client, space, open, ({ state }) => state === "voting");
  await assert.rejects(voter!.vote(open, 0), { code: "not_eligible" });
  assert.notEqual((await shown.apply(open)).index, null);
  assert.equal((await shown.apply(open)).index, null);
  await assert.rejects(young.apply(open), { code: "filter_not_met" });
  await voter!.vote(open, 0);

  const gather = Date.now() + 3_000;
  const drawn = (await requester!.post({ ...terms, title: "And this?", maximum: 1, sample: 2, gather })).id;
  const waiting = await until(client, space, drawn, ({ state }) => state === "gathering");
  assert.equal(waiting.gather, String(gather));
  assert.equal((await client.inbox(space, voter!.account)).data.find(({ poll }) => poll === drawn)?.kind, "apply");
  await shown.apply(drawn);
  await until(client, space, drawn, ({ state }) => state === "voting");
  assert.deepEqual((await client.seats(space, drawn)).data.map(({ account }) => account), [voter!.account]);
  await assert.rejects(shown.apply(drawn));
  await voter!.vote(drawn, 1);
  const ended = await until(client, space, drawn, ({ outcome }) => outcome !== null);
  assert.deepEqual([ended.state, ended.outcome!.answer], ["closed", 1]);

  assert.deepEqual((await shown.kept()).data.map(({ hash }) => hash), [kept.hash]);
  await shown.forget();
  assert.deepEqual((await shown.kept()).data, []);
});

// What a node shows may lag behind what it has accepted.
async function until(client: ChainSpaceClient, space: Hex, poll: Hex, isDone: (view: PollView) => boolean): Promise<PollView> {
  for (let i = 0; i < 300; i++) {
    const view = await client.poll(space, poll).catch(() => undefined);
    if (view !== undefined && isDone(view)) return view;
    await wait(100);
  }
  return client.poll(space, poll);
}
