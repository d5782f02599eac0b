import type { Connection } from "@headgate/contract";
import { findConnection, findFlow, insertConnection } from "@headgate/store";
import { createRole, listen } from "@headgate/testkit";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openScene, untilRun, type Scene } from "./testing/scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** Every connection worked, three days ago; so its moment of the night has come since. */
async function everybodyIsDue(): Promise<void> {
  await scene.store.db.query(
    `update connections set created_at = now() - interval '4 days', night_check_at = null,
            last_check = jsonb_build_object('at', to_char(now() - interval '3 days', 'YYYY-MM-DD"T"00:00:00"Z"'), 'revision', revision, 'status', 'succeeded')`,
  );
}
beforeEach(() => scene.store.db.query("update connections set night_check_at = now()"));

async function connectTo(to: { host: string; port: number; user?: string; password?: string }, name: string) {
  const { database, user, password } = { ...scene.source, ...to };
  const settings = { host: to.host, port: to.port, database, user, tlsMode: "disable" as const };
  const made = await insertConnection(scene.store, { name, settings, secrets: { password } });
  if ("refused" in made) throw new Error(made.refused);
  return made.id;
}

function untilTested(id: string): Promise<Connection> {
  return vi.waitFor(
    async () => {
      const connection = await findConnection(scene.store.db, id);
      if (connection?.lastCheck?.by !== "night") throw new Error("not tested yet");
      return connection;
    },
    { timeout: 60_000, interval: 50 },
  );
}

test("two workers test a connection once in a night; that it stopped working is told there and at its flows", async () => {
  let calls = 0;
  const listener = await listen((socket) => {
    calls += 1;
    socket.destroy();
  });
  const id = await connectTo({ host: "127.0.0.1", port: listener.port }, "Fails by night");
  const { id: flowId } = await scene.newFlow({ mode: "append", rows: 1 });
  await scene.store.db.query(
    "update flows set definition = jsonb_set(definition, '{source,connectionId}', to_jsonb($2::text)) where id = $1",
    [flowId, id],
  );
  await everybodyIsDue();
  const before = await findFlow(scene.store.db, flowId);
  expect(before?.attention).toEqual([]);
  const workers = await Promise.all([scene.startWorker(), scene.startWorker()]);
  const { lastCheck } = await untilTested(id);
  expect(lastCheck).toMatchObject({ status: "failed", code: "line_cut", by: "night", revision: 1 });
  for (const worker of workers) await worker.close();
  expect((await findFlow(scene.store.db, flowId))?.attention).toMatchObject([
    { connectionId: id, connectionName: "Fails by night", reasons: [{ reason: "check_failed", code: "line_cut" }] },
  ]);
  // A worker that comes later the same night leaves it alone.
  const later = await scene.startWorker();
  await later.close();
  expect(calls).toBe(1);
  expect((await findConnection(scene.store.db, id))?.lastCheck).toEqual(lastCheck);
  await listener.close();
});

test("a secret that cannot be opened is told; the other connections are tested, and what ends is noted [R23]", async () => {
  const role = await createRole(scene.source, { attributes: "valid until '2031-05-17 12:00Z'" });
  await scene.source.query(`create table if not exists seen (id int); grant select on seen to ${role.user}`);
  const works = await connectTo({ ...scene.source, ...role }, "Works by night");
  const broken = await connectTo({ ...scene.source, ...role }, "Unreadable by night");
  await scene.store.db.query("update secrets set ciphertext = '\\x00' where connection_id = $1", [broken]);
  await everybodyIsDue();
  const worker = await scene.startWorker();
  expect((await untilTested(broken)).lastCheck).toMatchObject({ status: "failed", code: "secret_unreadable" });
  expect(await untilTested(works)).toMatchObject({
    lastCheck: { status: "succeeded" },
    expiries: { password: "2031-05-17" },
  });
  await worker.close();
});

test("a run that cannot open a secret tells it at the connection at once [R23]", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 1 });
  const id = await connectTo(scene.source, "Unreadable by a run");
  await scene.store.db.query(
    "update flows set definition = jsonb_set(definition, '{source,connectionId}', to_jsonb($2::text)) where id = $1",
    [flow.id, id],
  );
  await scene.store.db.query("update secrets set ciphertext = '\\x00' where connection_id = $1", [id]);
  const worker = await scene.startWorker();
  const run = await flow.start();
  expect(await untilRun(scene.store, run.id, "failed", "succeeded")).toMatchObject({
    failure: { code: "secret_unreadable", origin: "source" },
  });
  expect((await findConnection(scene.store.db, id))?.lastCheck).toMatchObject({ code: "secret_unreadable", by: "run" });
  expect((await findFlow(scene.store.db, flow.id))?.attention).toMatchObject([
    { connectionId: id, reasons: [{ reason: "secret_unreadable" }] },
  ]);
  await worker.close();
});
