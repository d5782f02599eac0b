import type { CheckStage, CheckVerdict } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import {
  createDatabase,
  listen,
  openDeafPort,
  startProxy,
  startSshServer,
  type DeafPort,
  type Listener,
  type Proxy,
  type SshServer,
  type TestDatabase,
} from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEgressGate } from "../net/egress-gate.ts";
import { contextWith, localGate, targetOf } from "../testing/targets.ts";
import { tunnelThrough } from "../testing/tunnels.ts";
import { checkPostgres } from "./check-postgres.ts";
import type { PostgresContext } from "./context.ts";

/** Each of these goes silent for good at one stage; all other limits are longer than the tests may take. */
const patient = { connectMs: 100_000, statementMs: 100_000 };
/** Resolving a name has a limit of its own, of 5 s. */
const limitMs = (stage: CheckStage): number => (stage === "name" ? 4_000 : 8_000);
const never = new Promise<never>(() => {});

let database: TestDatabase;
let silent: Listener;
let deaf: DeafPort;
let ssh: SshServer;
const others: Pick<Proxy, "close">[] = [];
beforeAll(async () => {
  database = await createDatabase();
  await database.query("create table orders (id int)");
  [silent, deaf, ssh] = await Promise.all([listen(() => {}), openDeafPort(), startSshServer({ password: "x" })]);
});
afterAll(async () => {
  await Promise.all([silent, deaf, ssh, ...others].map((server) => server.close()));
});

type Trap = { readonly target: PostgresTarget; readonly gate?: PostgresContext["gate"] };

/** The database behind a proxy that passes nothing on once we have said `word`. */
async function muteAfter(word: string): Promise<Trap> {
  const proxy = await startProxy(database);
  others.push(proxy);
  proxy.swallowWhen("client", (chunk) => chunk.includes(word));
  return { target: targetOf({ ...database, port: proxy.port }, { tlsMode: "disable" }) };
}

const slowName = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] }, () => never);
const slowRoute = createEgressGate(
  { allow: [], loopbackAllowed: true, refuse: [] },
  async () => ["127.0.0.1"],
  () => never,
);

/** The stage at which each is stuck. A login that was accepted may still be told that it must not sign in. */
const traps: readonly { readonly stage: CheckStage; readonly how: string; readonly set: () => Promise<Trap> }[] = [
  {
    stage: "name",
    how: "a resolver",
    set: async () => ({ target: targetOf(database, { host: "db.example" }), gate: slowName }),
  },
  {
    stage: "route",
    how: "a routing table",
    set: async () => ({ target: targetOf(database, { host: "db.example" }), gate: slowRoute }),
  },
  { stage: "port", how: "a firewall", set: async () => ({ target: targetOf({ ...database, port: deaf.port }) }) },
  {
    stage: "tunnel",
    how: "an SSH server",
    set: async () => ({ target: targetOf(database, { tunnel: tunnelThrough({ ...ssh, port: silent.port }) }) }),
  },
  { stage: "tls", how: "a server asked to encrypt", set: async () => silentTarget("require") },
  { stage: "sign_in", how: "a server asked to let us in", set: async () => silentTarget("disable") },
  { stage: "sign_in", how: "a server that let us in", set: openingNever },
  { stage: "schema", how: "a list of tables", set: () => muteAfter("has_schema_privilege") },
  { stage: "table", how: "a table", set: () => muteAfter(`"orders" limit 1`) },
  { stage: "write", how: "a list of rights", set: () => muteAfter("flow_state") },
];

async function silentTarget(tlsMode: "require" | "disable"): Promise<Trap> {
  return { target: targetOf({ ...database, port: silent.port }, { tlsMode }) };
}

/** Accepts any login and then never says that the session is ready. */
async function openingNever(): Promise<Trap> {
  const accepted = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);
  const server = await listen((socket) => void socket.once("data", () => socket.write(accepted)));
  others.push(server);
  return { target: targetOf({ ...database, port: server.port }, { tlsMode: "disable" }) };
}

const request = { as: "destination", table: { schema: "public", name: "orders" } } as const;

describe("somebody who goes silent", () => {
  const late = new Map<string, CheckVerdict>();
  beforeAll(async () => {
    // All at once: each takes exactly as long as the limit, which leaves a busy machine time to get that far.
    const checks = traps.map(async ({ stage, how, set }) => {
      const { target, gate = localGate } = await set();
      const context = { ...contextWith({ ...patient, checkMs: limitMs(stage) }), gate };
      late.set(how, await checkPostgres(target, context, () => {}, request));
    });
    await Promise.all(checks);
  });

  it.each(traps)("at stage $stage, $how: the whole test ends when its time is over", ({ stage, how }) => {
    expect(late.get(how)).toMatchObject({
      failure: { stage, code: "too_slow", facts: { seconds: String(limitMs(stage) / 1000) } },
    });
  });

  it.each(traps)("at stage $stage, $how: a person can stop it", async ({ stage, set }) => {
    const { target, gate = localGate } = await set();
    const stop = new AbortController();
    const context = { ...contextWith({ ...patient, checkMs: 100_000 }, stop.signal), gate };
    const verdict = await checkPostgres(
      target,
      context,
      (event) => {
        if (event.type === "stage" && event.stage === stage && event.status === "running")
          setImmediate(() => stop.abort());
      },
      request,
    );
    expect(verdict).toMatchObject({ failure: { stage, code: "stopped", detail: "" } });
  });
});

it("stopping ends the session at the database too", async () => {
  const slow = await createDatabase();
  await slow.query(`create function slow() returns int language sql as 'select 1 from pg_sleep(60)';
                    create view dawdling as select slow()`);
  const stop = new AbortController();
  const verdict = checkPostgres(targetOf(slow), contextWith({}, stop.signal), (event) => {
    if (event.type === "stage" && event.stage === "table" && event.status === "running")
      setImmediate(() => stop.abort());
  });
  expect(await verdict).toMatchObject({ failure: { code: "stopped", detail: "" } });
  const busy = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  await expect.poll(async () => (await slow.query(busy)).rowCount).toBe(0);
});
