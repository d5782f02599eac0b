import { randomUUID } from "node:crypto";
import { createDatabase, createRole, startProxy, withClient, type Proxy, type TestDatabase } from "@headgate/testkit";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf, type Runner } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { openSession } from "../open-session.ts";
import { takeSnapshot } from "./source-snapshot.ts";

const table = { schema: "public", name: "events" };
const columns = ["id", "body"];
const append = flowOf({ from: table, to: table, columns, writeMode: "append" });
const upsert = flowOf({ from: table, to: table, columns, writeMode: "upsert", syncKey: ["id"] });
const rows = 50_000;

let source: TestDatabase;
let destination: TestDatabase;
let toDestination: Proxy;
let runner: Runner;

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  await source.query("create table events (id int primary key, body text)");
  await source.query(`insert into events select i, repeat('x', 200) from generate_series(1, ${rows}) i`);
  await destination.query("create table events (id int primary key, body text)");
  toDestination = await startProxy(destination);
  runner = runnerOf(append, targetOf(source), throughProxy());
});
afterEach(() => toDestination.close());

function throughProxy() {
  return targetOf({ ...destination, port: toDestination.port }, { tlsMode: "disable" });
}

async function count(): Promise<number> {
  const { rows: found } = await destination.query<{ n: number }>("select count(*)::int as n from events");
  return found[0]?.n ?? -1;
}

async function sessions(database: TestDatabase): Promise<number> {
  const { rowCount } = await database.query(
    "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'",
  );
  return rowCount ?? -1;
}

async function killSession(database: TestDatabase): Promise<void> {
  const text = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query ilike 'copy%' and state = 'active'`;
  // One session asks all the time: to open one for every look could take longer than the rows do.
  await withClient(database, database.database, async (client) => {
    await expect.poll(async () => (await client.query(text)).rowCount, { interval: 5 }).toBeGreaterThan(0);
  });
}

describe("a line that breaks while rows are under way", () => {
  it.each(["source", "destination"] as const)("the %s ends our session: nothing stays [V34]", async (side) => {
    const lost = { source, destination }[side];
    await source.query("insert into events select i, repeat('y', 200) from generate_series(100000, 400000) i");
    const run = runner.run();
    // It may have failed before the query that kills has answered.
    run.catch(() => {});
    await killSession(lost);
    await expect(run).rejects.toMatchObject({
      failure: { origin: side, code: "line_cut", kind: "temporary", retryable: true },
    });
    expect(await count()).toBe(0);
    expect((await runner.run()).receipt.created).toBe(rows + 300_001);
  });

  it("a destination that takes no more bytes is given up [V29]", async () => {
    const run = runner.run({
      context: contextWith({ stallMs: 2_000 }),
      onProgress: ({ stage }) => {
        if (stage === "reading") toDestination.swallow();
      },
    });
    await expect(run).rejects.toMatchObject({ failure: { origin: "destination", code: "line_cut" } });
  });
});

describe("a COMMIT whose answer is lost", () => {
  it("is found out: the rows are there, once, and the run has succeeded [V30]", async () => {
    const run = runner.run({
      onProgress: ({ stage }) => {
        if (stage === "finishing") toDestination.cutWhen("server", (chunk) => chunk.includes("COMMIT\0"));
      },
    });
    expect(await run).toMatchObject({ alreadyApplied: false, receipt: { created: rows } });
    expect(await count()).toBe(rows);
  });

  it("that never reached the server is found out too: nothing is there, and it may be tried again [V30]", async () => {
    const runId = randomUUID();
    const run = runner.run({
      runId,
      onProgress: ({ stage }) => {
        if (stage === "finishing") toDestination.cutWhen("client", (chunk) => chunk.includes("commit\0"));
      },
    });
    await expect(run).rejects.toMatchObject({ failure: { code: "line_cut", retryable: true } });
    expect(await count()).toBe(0);
    expect(await runner.run({ runId })).toMatchObject({ alreadyApplied: false, receipt: { created: rows } });
  });
});

describe("an earlier attempt that still holds on", () => {
  it("is ended by the next one, and writes nothing [V30]", async () => {
    const frozen = new Client({ ...targetOf(destination), ssl: false });
    frozen.on("error", () => {});
    await frozen.connect();
    await runner.run({ epoch: "1" });
    await destination.query("truncate events");
    await frozen.query(`begin; insert into events values (-1, 'late');
      select from headgate.flow_state where flow_id = '${runner.flowId}' for update`);
    expect((await runner.run({ epoch: "2" })).receipt.created).toBe(rows);
    await expect(frozen.query("commit")).rejects.toThrow("not queryable");
    expect(await count()).toBe(rows);
  });
});

describe("a person who stops a run", () => {
  it.each([
    { name: "while rows are under way", stage: "reading", definition: append },
    { name: "while they are merged", stage: "merging", definition: upsert },
  ] as const)("$name: both sessions end, nothing stays", async ({ stage, definition }) => {
    const stop = new AbortController();
    const run = runner.run({
      definition,
      context: contextWith({}, stop.signal),
      onProgress: (progress) => {
        if (progress.stage === stage) setImmediate(() => stop.abort(new Error("stopped by a person")));
      },
    });
    await expect(run).rejects.toThrow("stopped by a person");
    await expect.poll(() => sessions(source)).toBe(0);
    await expect.poll(() => sessions(destination)).toBe(0);
    expect(await count()).toBe(0);
  });
});

describe("a source that changes while it is read", () => {
  it("a TRUNCATE between looking and reading waits for us: the rows are still read [V23]", async () => {
    const session = await openSession(targetOf(source), contextWith());
    await takeSnapshot(session, { table }, 5_000);
    const other = new Client({ ...targetOf(source), ssl: false });
    await other.connect();
    let done = false;
    const truncated = other.query("truncate events").then(() => {
      done = true;
    });
    // Without our lock it would be done, and the table would read as empty.
    const waiting = "select from pg_locks where relation = 'events'::regclass and not granted";
    await expect.poll(async () => done || (await source.query(waiting)).rowCount).toBe(1);
    expect(await session.query("select count(*)::int as n from public.events")).toEqual([{ n: rows }]);
    await session.close();
    await truncated;
    await other.end();
  });

  it("where no lock can be had, a TRUNCATE in between is noticed [V23]", async () => {
    const role = await createRole(source, { grants: ["select (id, body) on events"] });
    const session = await openSession(targetOf({ ...source, ...role }), contextWith());
    const snapshot = await takeSnapshot(session, { table }, 5_000);
    await source.query("truncate events");
    expect(await session.query("select count(*)::int as n from public.events")).toEqual([{ n: 0 }]);
    await expect(snapshot.verify()).rejects.toMatchObject({ failure: { origin: "source", kind: "temporary" } });
    await session.close();
  });
});
