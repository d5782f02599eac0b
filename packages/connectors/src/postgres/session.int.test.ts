import { connect } from "node:net";
import { connect as connectTls, TLSSocket } from "node:tls";
import { createDatabase, listen, makeAuthority, startPostgres, type TestDatabase } from "@headgate/testkit";
import { beforeAll, expect, it } from "vitest";
import { contextWith, targetOf } from "../testing/targets.ts";
import { commitPage } from "./move/commit.ts";
import { openSession } from "./open-session.ts";
import { beginDestination, beginSource } from "./settled.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});

it("a session the server ends while nobody waits for it does not take the process down [V7]", async () => {
  const session = await openSession(targetOf(database), contextWith());
  await database.query("select pg_terminate_backend($1)", [session.backendPid]);
  const ended = "select from pg_stat_activity where pid = $1";
  await expect.poll(async () => (await database.query(ended, [session.backendPid])).rowCount).toBe(0);
  await expect(session.query("select 1")).rejects.toThrow(/terminat|not queryable/);
  await session.close();
});

it("COMMIT of a transaction that was aborted is no commit [V26]", async () => {
  const session = await openSession(targetOf(database), contextWith());
  await session.execute(beginDestination(1_000));
  await expect(session.query("select 1 / 0")).rejects.toThrow("division by zero");
  const claim = { runId: "r", flowId: "f", epoch: "1" };
  await expect(
    commitPage(session, claim, "1", { target: targetOf(database), context: contextWith() }),
  ).rejects.toMatchObject({
    failure: { origin: "destination", code: "unexpected" },
  });
  await session.close();
});

it("nothing set for a transaction outlives it, so a pooler can hand the session on [V32]", async () => {
  const session = await openSession(targetOf(database), contextWith());
  const settings = `select json_object_agg(name, setting) as all from pg_settings where name not like 'transaction%'`;
  const [before] = await session.query(settings);
  for (const begin of [beginSource(1_000), beginDestination(1_000)]) {
    await session.execute(begin);
    await session.execute("commit");
  }
  expect(await session.query(settings)).toEqual([before]);
  await session.close();
});

it("a login's own time limits do not cut a run short [V31]", async () => {
  await database.query(`alter role ${database.user} in database ${database.database} set statement_timeout = '1s'`);
  const session = await openSession(targetOf(database), contextWith());
  await session.execute(beginSource(1_000));
  await expect(session.query("select from pg_sleep(1.5)")).resolves.toHaveLength(1);
  await session.close();
  await database.query(`alter role ${database.user} in database ${database.database} reset statement_timeout`);
});

it("somebody in between with a certificate of his own cannot pass our proof of the password on [R53]", async () => {
  const server = await startPostgres({ tls: true });
  const { key, certificate } = makeAuthority("In between").issue();
  const between = await listen((plain) => {
    plain.once("data", () => {
      plain.write("S");
      const heard = new TLSSocket(plain, { isServer: true, key, cert: certificate }).on("error", () => {});
      const onward = connect(server.port, server.host, () =>
        onward.write(Buffer.from([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f])),
      );
      onward.once("data", () => {
        const told = connectTls({ socket: onward, rejectUnauthorized: false }).on("error", () => {});
        heard.pipe(told).pipe(heard);
      });
    });
  });
  for (const tlsMode of ["prefer", "require"] as const) {
    const target = targetOf({ ...server, database: "postgres" }, { tlsMode });
    await (await openSession(target, contextWith())).close();
    const relayed = openSession({ ...target, port: between.port }, contextWith());
    await expect(relayed).rejects.toThrow("channel binding check failed");
  }
  await between.close();
  await server.stop();
});
