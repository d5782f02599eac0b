import type { CheckVerdict, DatabaseVerdict, PostgresConnection } from "@headgate/contract";
import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { noteCheckBegins, recordCheck, recordUnreadable } from "./connection-checks.ts";
import { findConnection, listConnections } from "./connection-rows.ts";
import { deleteConnection, readTarget, updateConnection } from "./connections.ts";
import { deleteDraft, insertDraft } from "./drafts.ts";
import { findFlow, listFlows } from "./flows/flows.ts";
import { claimNightChecks } from "./night-checks.ts";
import { savePracticeConnections } from "./practice.ts";
import { rotateSecrets } from "./rotate-secrets.ts";
import { SecretUnreadableError } from "./secrets/secret-box.ts";
import { makeConnection, makeFlow } from "./testing/make-flow.ts";

let store: TestStore;
beforeAll(async () => {
  store = await createStore();
});
afterAll(() => store.close());

const works: DatabaseVerdict = {
  status: "succeeded",
  kind: "postgres",
  serverVersion: "18.1",
  tableCount: 3,
  milliseconds: 20,
  encryption: { encrypted: true, verified: true, expires: "2027-01-31" },
  passwordExpires: "2026-12-24",
  hints: [],
};
const refused: CheckVerdict = {
  status: "failed",
  failure: { stage: "sign_in", code: "password_wrong", facts: { user: "reader" }, detail: "no" },
};

async function existing(id: string): Promise<PostgresConnection> {
  const connection = await findConnection(store.db, id);
  if (connection?.kind !== "postgres") throw new Error("gone");
  return connection;
}

describe("what is known of a connection", () => {
  test("the last run through it, on either side, and the flow it belonged to", async () => {
    const flowId = await makeFlow(store);
    const connectionId = (await findFlow(store.db, flowId))?.definition.source.connectionId ?? "";
    expect(await existing(connectionId)).toMatchObject({ flowNames: ["Orders"], lastUse: null });
    const begin = (minutesAgo: number) =>
      store.db.query(
        `insert into runs (flow_id, trigger, scheduled_for, status, attempt, epoch, started_at, finished_at, created_at)
         select $1, 'manual', at, 'cancelled', 1, nextval('run_epoch'), at, now(), at
           from (select date_trunc('second', now()) - make_interval(mins => $2) as at) moment`,
        [flowId, minutesAgo],
      );
    await begin(30);
    await begin(10);
    const { lastUse } = await existing(connectionId);
    expect(lastUse).toMatchObject({ flowId, flowName: "Orders" });
    expect(Math.round((Date.now() - Date.parse(lastUse?.at ?? "")) / 60_000)).toBe(10);
  });

  test("the drafts that have chosen it, each counted once; they do not keep it from being deleted", async () => {
    const id = await makeConnection(store);
    const steps = { credentials: { connectionId: id }, destination: { connectionId: id } };
    const drafts = [
      await insertDraft(store.db, { practice: false, steps }),
      await insertDraft(store.db, { practice: false }),
    ];
    expect(await existing(id)).toMatchObject({ draftCount: 1 });
    expect((await listConnections(store.db)).find((one) => one.id === id)).toMatchObject({ draftCount: 1 });
    expect(await deleteConnection(store.db, id)).toBe("deleted");
    for (const draft of drafts) await deleteDraft(store.db, draft.id);
  });

  test("who tested last, with what came of it, and what a success found out about ends", async () => {
    const id = await makeConnection(store);
    await recordCheck(store.db, id, 1, works);
    expect(await existing(id)).toMatchObject({
      lastCheck: { status: "succeeded", by: "person", revision: 1 },
      expiries: { server_certificate: "2027-01-31", password: "2026-12-24" },
    });
    await recordCheck(store.db, id, 1, refused, { by: "night" });
    expect(await existing(id)).toMatchObject({
      lastCheck: { status: "failed", by: "night", code: "password_wrong", facts: { user: "reader" }, detail: "no" },
      expiries: { server_certificate: "2027-01-31", password: "2026-12-24" },
    });
    const plain: DatabaseVerdict = {
      ...works,
      encryption: { encrypted: false, verified: false },
      passwordExpires: undefined,
    };
    await recordCheck(store.db, id, 1, plain);
    expect((await existing(id)).expiries).toEqual({});
  });

  test("a change of details keeps the days that a person gave, not those that a test found", async () => {
    const id = await makeConnection(store);
    await recordCheck(store.db, id, 1, works);
    const { name, settings } = await existing(id);
    const renamed = await updateConnection(store, id, {
      name: `${name} 2`,
      settings,
      secrets: {},
      revision: 1,
      expiries: { ca_certificate: "2030-01-01" },
    });
    expect(renamed).toMatchObject({
      revision: 1,
      expiries: { ca_certificate: "2030-01-01", server_certificate: "2027-01-31", password: "2026-12-24" },
    });
    const moved = { ...settings, database: "other" };
    expect(await updateConnection(store, id, { name, settings: moved, secrets: {}, revision: 1 })).toMatchObject({
      revision: 2,
      expiries: { ca_certificate: "2030-01-01" },
    });
  });

  test("a verdict that came in while another test was still running stands", async () => {
    const id = await makeConnection(store);
    const began = new Date(Date.now() - 10_000);
    await recordCheck(store.db, id, 1, works);
    await recordCheck(store.db, id, 1, refused, { by: "night", unlessAfter: began });
    expect((await existing(id)).lastCheck).toMatchObject({ status: "succeeded", by: "person" });
  });

  test("its flows say that it needs attention, and why [R23]", async () => {
    const flowId = await makeFlow(store);
    const flow = await findFlow(store.db, flowId);
    expect(flow?.attention).toEqual([]);
    const connectionId = flow?.definition.source.connectionId ?? "";
    await recordUnreadable(store.db, connectionId, "run");
    const broken = (await listFlows(store.db)).filter(({ attention }) => attention.length > 0);
    expect(broken.map(({ id, attention }) => ({ id, attention }))).toEqual([
      {
        id: flowId,
        attention: [{ connectionId, connectionName: expect.any(String), reasons: [{ reason: "secret_unreadable" }] }],
      },
    ]);
  });
});

describe("replacing a secret", () => {
  const change = { revision: 1, secrets: { password: "new" }, expiries: {}, verdict: works };

  test("reaches everything that uses the connection, and starts as tested", async () => {
    const id = await makeConnection(store);
    expect(await rotateSecrets(store, id, change)).toMatchObject({
      revision: 2,
      lastCheck: { status: "succeeded", revision: 2, by: "person" },
      expiries: { server_certificate: "2027-01-31" },
    });
    expect(await readTarget(store, id)).toMatchObject({ password: "new", host: "db.example.com" });
    // A test with the old password that comes in late does not speak about the new one.
    await recordCheck(store.db, id, 1, refused);
    expect((await existing(id)).lastCheck).toMatchObject({ status: "succeeded", revision: 2 });
  });

  test("is refused once the connection is another one", async () => {
    const id = await makeConnection(store);
    await rotateSecrets(store, id, change);
    expect(await rotateSecrets(store, id, change)).toEqual({ refused: "outdated" });
    await deleteConnection(store.db, id);
    expect(await rotateSecrets(store, id, change)).toEqual({ refused: "not_found" });
  });

  test("works although the old one cannot be opened any more [R23]", async () => {
    const id = await makeConnection(store);
    await store.db.query("update secrets set ciphertext = '\\x00' where connection_id = $1", [id]);
    await expect(readTarget(store, id)).rejects.toThrow(SecretUnreadableError);
    expect(await readTarget(store, id, { password: "new" })).toMatchObject({ password: "new" });
  });
});

describe("the tests of the night", () => {
  const timeZone = "Europe/Paris";
  /** Noon in Paris, in summer. */
  const noon = new Date("2027-06-15T10:00:00Z");
  const hours = (count: number) => new Date(noon.getTime() + count * 3_600_000);
  const claim = (now: Date, limit = 100) => claimNightChecks(store.db, { timeZone, limit, now });
  const tested = (at: Date, id?: string) =>
    store.db.query(
      `update connections set created_at = $1, check_began_at = null, night_check_at = null,
              last_check = jsonb_build_object('at', $1::timestamptz, 'revision', revision, 'status', 'succeeded')
        where $2::uuid is null or id = $2`,
      [at, id ?? null],
    );

  beforeEach(async () => {
    await store.db.query("delete from flows");
    await store.db.query("delete from connections");
  });

  test("come once a night between two and four, each connection at a moment of its own", async () => {
    for (let count = 0; count < 30; count += 1) await makeConnection(store);
    await tested(noon);
    expect(await claim(hours(13.9))).toEqual([]);
    const first = await claim(hours(15));
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(30);
    const second = await claim(hours(16));
    expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(30);
    expect(await claim(hours(20))).toEqual([]);
    // The next night, however the first one ended.
    expect(await claim(hours(40))).toHaveLength(30);
  });

  test("a machine that was off by night makes good for it once, when it is back", async () => {
    const id = await makeConnection(store);
    await tested(noon);
    expect(await claim(hours(100))).toMatchObject([{ id, revision: 1, worked: true }]);
    await tested(hours(100.5), id);
    expect(await claim(hours(101))).toEqual([]);
  });

  test("two workers that ask at the same moment never get the same connection", async () => {
    for (let count = 0; count < 40; count += 1) await makeConnection(store);
    await tested(noon);
    const asked = await Promise.all(Array.from({ length: 8 }, () => claim(hours(20), 5)));
    const ids = asked.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const rest = await claim(hours(20));
    expect(new Set([...ids, ...rest.map(({ id }) => id)]).size).toBe(40);
  });

  test("leave alone what a person is testing, and take it up when that has ended without a verdict", async () => {
    const id = await makeConnection(store);
    await store.db.query("update connections set created_at = now() - interval '3 days'");
    await noteCheckBegins(store.db, id);
    expect(await claimNightChecks(store.db, { timeZone, limit: 5 })).toEqual([]);
    await store.db.query("update connections set check_began_at = now() - interval '1 minute'");
    expect(await claimNightChecks(store.db, { timeZone, limit: 5 })).toMatchObject([{ id, worked: false }]);
  });

  test("leave out the sample data and what was saved since", async () => {
    const settings = { host: "127.0.0.1", port: 5432, database: "d", user: "u", tlsMode: "disable" } as const;
    const side = { settings, password: "p" };
    await savePracticeConnections(store, { source: side, destination: side });
    await tested(noon);
    await makeConnection(store);
    await store.db.query("update connections set created_at = $1 where practice_side is null", [hours(17)]);
    expect(await claim(hours(20))).toEqual([]);
  });

  test.each([
    ["forward", "2027-03-28T00:59:00Z"],
    ["back", "2027-10-31T00:01:00Z"],
  ])("come once in the night in which clocks go %s", async (_way, from) => {
    for (let count = 0; count < 20; count += 1) await makeConnection(store);
    await tested(new Date(Date.parse(from) - 12 * 3_600_000));
    const counts = new Map<string, number>();
    for (let minutes = 0; minutes <= 240; minutes += 15) {
      const claimed = await claim(new Date(Date.parse(from) + minutes * 60_000));
      for (const { id } of claimed) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual(Array.from({ length: 20 }, () => 1));
  });
});
