import { randomUUID } from "node:crypto";
import type { Receipt, RejectedRow } from "@headgate/contract";
import {
  createDatabase,
  createRole,
  startPostgres,
  withClient,
  type TestDatabase,
  type TestServer,
} from "@headgate/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf, type FlowParts, type Runner } from "../../../testing/flows.ts";
import { contextWith, targetOf } from "../../../testing/targets.ts";

const table = { schema: "public", name: "items" };
/** 1,000 rows of about 230 bytes in pages of one block: some thirty. */
const paging = { pageBytes: 8_192, lockMs: 20_000 };
const rows = 1_000;

// A server of our own: a transaction that others have open in any of its databases keeps rows from being settled.
let server: TestServer;
let source: TestDatabase;
let destination: TestDatabase;

beforeAll(async () => {
  server = await startPostgres({ settings: { autovacuum: "off" } });
});
afterAll(() => server.stop());

beforeEach(async () => {
  source = await createDatabase({ server });
  destination = await createDatabase({ server });
  await source.query("create table items (id int primary key, body text)");
  await source.query(`insert into items select i, rpad('row ' || i, 200) from generate_series(1, ${rows}) i`);
  await destination.query("create table items (id int primary key, body text)");
});

type Change = Partial<FlowParts> & { readonly user?: Partial<TestDatabase> };

/** Runs a flow in small pages and keeps what it said to have committed on the way. */
function pagedRunner(writeMode: FlowParts["writeMode"], { user, ...change }: Change = {}) {
  const syncKey = writeMode === "append" ? [] : ["id"];
  const definition = flowOf({ from: table, to: table, columns: ["id", "body"], writeMode, syncKey, ...change });
  const runner = runnerOf(definition, targetOf(source), targetOf({ ...destination, ...user }));
  const committed: Receipt[] = [];
  const onCommitted = (receipt: Receipt): void => void committed.push(receipt);
  const run: Runner["run"] = (more) => runner.run({ context: contextWith(paging), onCommitted, ...more });
  return { flowId: runner.flowId, run, committed };
}

/** Runs until something was committed and then breaks off, as a worker that is told to stop. */
async function breakOff(run: Runner["run"], runId: string = randomUUID()): Promise<void> {
  const stop = new AbortController();
  const onCommitted = (): void => stop.abort(new Error("stopped"));
  await expect(run({ runId, onCommitted, context: contextWith(paging, stop.signal) })).rejects.toThrow("stopped");
}

/** Rows of either side that the other lacks, duplicates counted. */
async function difference(): Promise<string[]> {
  const text = "select id || ':' || body as row from items order by id, body";
  const [there, here] = await Promise.all([
    source.query<{ row: string }>(text),
    destination.query<{ row: string }>(text),
  ]);
  const [one, other] = [there.rows.map(({ row }) => row), here.rows.map(({ row }) => row)];
  const counts = new Map<string, number>();
  for (const row of one) counts.set(row, (counts.get(row) ?? 0) + 1);
  for (const row of other) counts.set(row, (counts.get(row) ?? 0) - 1);
  return [...counts].filter(([, count]) => count !== 0).map(([row]) => row);
}

describe("pages of a table", () => {
  it.each(["upsert", "insert_missing"] as const)(
    "are committed one by one by %s, and add up to one receipt",
    async (mode) => {
      await destination.query("insert into items select i, 'older' from generate_series(1, 100) i");
      const { run, committed } = pagedRunner(mode);
      const { receipt } = await run();
      expect(committed.length).toBeGreaterThan(10);
      expect(committed.every(({ read, created, updated, skipped }) => read === created + updated + skipped)).toBe(true);
      expect(receipt).toMatchObject({
        read: rows,
        created: rows - 100,
        [mode === "upsert" ? "updated" : "skipped"]: 100,
      });
      expect(await difference()).toHaveLength(mode === "upsert" ? 0 : 200);
    },
  );

  it("are written by one session where the login may have no second", async () => {
    const role = await createRole(destination, {
      grants: [`create on database ${destination.database}`, "all on items"],
      attributes: "connection limit 1",
    });
    const { run, committed } = pagedRunner("upsert", { user: role });
    expect((await run()).receipt).toMatchObject({ read: rows, created: rows });
    expect(committed.length).toBeGreaterThan(10);
  });

  it("go through all partitions at once, whatever their size", async () => {
    await source.query(`drop table items; create table items (id int primary key, body text) partition by range (id);
      create table small partition of items for values from (0) to (50);
      create table large partition of items for values from (50) to (5000);
      create table none partition of items for values from (5000) to (6000);
      insert into items select i, rpad('row ' || i, 200) from generate_series(1, ${rows}) i`);
    const { run, committed } = pagedRunner("upsert", { readMode: "incremental" });
    expect((await run()).receipt).toMatchObject({ read: rows, created: rows });
    expect(committed.length).toBeGreaterThan(10);
    expect(await difference()).toEqual([]);
  });

  it.each([
    {
      name: "the source has no unique key to prove it",
      change: "",
      alter: "alter table items drop constraint items_pkey",
    },
    {
      name: "keys of another type might become the same",
      change: "alter table items alter id type numeric(10,2)",
      alter: "",
    },
    {
      name: "a row refers to another of its table",
      change: "alter table items add parent int references items (id)",
      alter: "",
    },
    {
      name: "a rule is checked at the very end",
      change: "alter table items add unique (body) deferrable initially deferred",
      alter: "",
    },
  ])("are not made where $name: all or nothing", async ({ change, alter }) => {
    if (alter) await source.query(alter);
    if (change) await destination.query(change);
    const { run, committed } = pagedRunner("upsert");
    expect((await run()).receipt).toMatchObject({ read: rows, created: rows });
    expect(committed).toEqual([]);
  });

  it.each(["append", "mirror", "replace"] as const)(
    "are not made of %s, which reads all: all or nothing",
    async (mode) => {
      await destination.query("alter table items add check (id < 900)");
      const { run, committed } = pagedRunner(mode);
      await expect(run()).rejects.toMatchObject({ failure: { code: "value_refused" } });
      expect(committed).toEqual([]);
      expect((await destination.query("select from items")).rowCount).toBe(0);
    },
  );
});

describe("a first load", () => {
  it.each(["append", "upsert"] as const)("of %s goes on in the next run where one was stopped", async (mode) => {
    const { run, committed } = pagedRunner(mode, { readMode: "incremental" });
    await breakOff(run);
    const { rowCount: there } = await destination.query("select from items");
    const { receipt } = await run();
    expect(there).toBeGreaterThan(0);
    expect(receipt).toMatchObject({ read: rows - (there ?? 0), created: rows - (there ?? 0) });
    expect(committed.length).toBeGreaterThan(5);
    expect(await difference()).toEqual([]);
    expect((await run()).receipt).toMatchObject({ read: 0 });
  });

  it("adds up over the attempts of one run", async () => {
    const { run } = pagedRunner("append", { readMode: "incremental" });
    const runId = randomUUID();
    await breakOff(run, runId);
    const second = await run({ runId });
    expect(second).toMatchObject({ alreadyApplied: false, receipt: { read: rows, created: rows } });
    expect(await run({ runId })).toEqual({ receipt: second.receipt, alreadyApplied: true });
  });

  it("takes rows that change, come, move and go meanwhile once each [F10 append] [F10 upsert]", async () => {
    await destination.query("alter table items drop constraint items_pkey");
    const { run } = pagedRunner("append", { readMode: "incremental" });
    await withClient(source, source.database, async (late) => {
      await late.query("begin; insert into items values (5001, 'late')");
      await breakOff(run);
      await late.query("commit");
    });
    // Freed room in the first blocks takes rows that were not read yet; others come at the end.
    await source.query("delete from items where id <= 3");
    await source.query("vacuum items");
    await source.query(`update items set body = 'moved' where id in (4, 500, ${rows})`);
    await source.query("insert into items values (5002, 'new')");
    await run();
    const { rows: versions } = await destination.query<{ id: number; versions: number }>(
      "select id, count(*)::int as versions from items group by id having count(*) > 1",
    );
    // Of rows that had been read before they changed, both versions arrived, as in any append; of others the new one.
    expect(versions.filter(({ versions: n }) => n > 2)).toEqual([]);
    expect(versions.map(({ id }) => id)).toEqual([4]);
    await destination.query("delete from items where id <= 3 or (id = 4 and body <> 'moved')");
    expect(await difference()).toEqual([]);
  });

  it("begins again after the table was written anew, by key; adding stops, because nobody could tell [F20 append] [F20 upsert]", async () => {
    for (const mode of ["upsert", "append"] as const) {
      await destination.query("truncate items");
      const { run } = pagedRunner(mode, { readMode: "incremental" });
      await breakOff(run);
      await source.query("vacuum full items");
      const ended = await run().catch((error: unknown) => error);
      const told = {
        upsert: { receipt: { read: rows } },
        append: { failure: { code: "source_changed", kind: "settings" } },
      };
      expect(ended).toMatchObject(told[mode]);
      expect((await difference()).length > 0).toBe(mode === "append");
    }
  });

  it("notices a table that is written anew between two of its pages", async () => {
    const { run } = pagedRunner("append", { readMode: "incremental" });
    let rewritten: Promise<unknown> | undefined;
    const onCommitted = (): void => void (rewritten ??= source.query("vacuum full items"));
    await expect(run({ onCommitted })).rejects.toMatchObject({ failure: { origin: "source", code: "source_changed" } });
    await rewritten;
  });

  it("of an attempt that is overtaken between two pages is written no further by it [F9 append]", async () => {
    await destination.query("alter table items drop constraint items_pkey");
    const { run } = pagedRunner("append", { readMode: "incremental" });
    let second: Promise<unknown> | undefined;
    const first = run({ epoch: "1", onCommitted: () => void (second ??= run({ epoch: "2" })) });
    // Its session may have been ended by the other.
    await expect(first).rejects.toMatchObject({
      failure: { code: expect.stringMatching(/^(?:another_run_took_over|line_cut)$/) },
    });
    await second;
    expect(await difference()).toEqual([]);
  });

  it("reads pages in transactions of their own, so that nothing is held up at the source", async () => {
    const { run } = pagedRunner("upsert", { readMode: "incremental" });
    const oldest = `select pg_snapshot_xmin(pg_current_snapshot())::text as settled`;
    const seen: string[] = [];
    let looking: Promise<unknown> = Promise.resolve();
    await run({
      onCommitted: () => {
        looking = looking.then(async () => {
          await source.query("select pg_current_xact_id()");
          seen.push((await source.query<{ settled: string }>(oldest)).rows[0]?.settled ?? "");
        });
      },
    });
    await looking;
    expect(new Set(seen).size).toBeGreaterThan(1);
  });
});

describe("refused rows", () => {
  const rejecting = async (run: Runner["run"]) => {
    const told: (readonly RejectedRow[])[] = [];
    const onRejected = async (found: readonly RejectedRow[]): Promise<void> => void told.push(found);
    const ended = await run({ onRejected }).catch((error: unknown) => error);
    return { ended, keys: told.at(-1)?.map(({ key }) => key) };
  };

  it.each([
    { mode: "upsert", readMode: "full" },
    { mode: "upsert", readMode: "incremental" },
    { mode: "append", readMode: "incremental" },
  ] as const)(
    "of $mode ($readMode) cost their page a second look, and the others nothing [F11 $mode]",
    async ({ mode, readMode }) => {
      await destination.query("alter table items add check (id not in (1, 500, 501, 1000))");
      const { run, committed } = pagedRunner(mode, { readMode, badRows: "set_aside" });
      const { ended, keys } = await rejecting(run);
      expect(ended).toMatchObject({ receipt: { read: rows, created: rows - 4, rejected: 4 } });
      expect(keys?.map((key) => key.replace(/,.*/, ")"))).toEqual(["(1)", "(500)", "(501)", "(1000)"]);
      expect(committed.length).toBeGreaterThan(10);
      expect((await destination.query("select from items")).rowCount).toBe(rows - 4);
    },
  );

  it("are refused by COPY as well, and the rows after them are read all the same", async () => {
    await destination.query("alter table items alter body type varchar(200)");
    await source.query("update items set body = repeat('x', 201) where id in (2, 700)");
    const { run } = pagedRunner("upsert", { readMode: "incremental", badRows: "set_aside" });
    expect(await rejecting(run)).toMatchObject({ ended: { receipt: { read: rows, rejected: 2 } } });
  });

  it("count over the whole run: beyond the limit the pages before stay, and the run has failed", async () => {
    await destination.query("alter table items add check (id % 5 > 0)");
    const { run, committed } = pagedRunner("upsert", { badRows: "set_aside" });
    const { ended, keys } = await rejecting(run);
    expect(ended).toMatchObject({ failure: { code: "too_many_rejected", facts: { limit: "100" } } });
    expect(keys).toHaveLength(101);
    const last = committed.at(-1);
    expect((await destination.query("select from items")).rowCount).toBe(last?.created);
    expect(last?.rejected).toBeGreaterThan(50);
  });
});
