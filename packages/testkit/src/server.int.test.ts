import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, createRole, withClient } from "./database.ts";
import { startPostgres, type TestServer } from "./server.ts";

describe("the shared server", () => {
  it("gives every caller an empty UTF-8 database of its own", async () => {
    const [one, other] = await Promise.all([createDatabase(), createDatabase()]);
    await one.query("create table only_here (id int)");
    const { rows } = await other.query(
      "select to_regclass('only_here') as found, pg_encoding_to_char(encoding) as encoding, datctype from pg_database where datname = current_database()",
    );
    expect(rows).toEqual([{ found: null, encoding: "UTF8", datctype: "C.UTF-8" }]);
  });

  it("gives a role only the rights that were asked for", async () => {
    const database = await createDatabase();
    await database.query("create table shown (id int)");
    await database.query("create table hidden (id int)");
    const role = await createRole(database, { grants: ["select on shown"] });
    await withClient({ ...database, ...role }, database.database, async (client) => {
      await expect(client.query("select from shown")).resolves.toMatchObject({ rowCount: 0 });
      await expect(client.query("select from hidden")).rejects.toMatchObject({ code: "42501" });
    });
  });
});

describe("a server with TLS", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({ tls: true, hba: ["hostssl all all 127.0.0.1/32 scram-sha-256"] });
  });
  afterAll(() => server.stop());

  it("is trusted by who has its authority, and by nobody else", async () => {
    const { host, port, user, password, caCertificate } = server;
    const trusting = new Client({ host, port, user, password, ssl: { ca: caCertificate ?? "" } });
    await trusting.connect();
    const { rows } = await trusting.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
    expect(rows).toEqual([{ ssl: true }]);
    await trusting.end();

    const wary = new Client({ host, port, user, password, ssl: true });
    wary.on("error", () => {});
    await expect(wary.connect()).rejects.toThrow(/certificate/);
  });

  it("refuses a session without TLS when its rules say so", async () => {
    await expect(withClient(server, "postgres", (client) => client.query("select"))).rejects.toMatchObject({
      code: "28000",
    });
  });
});
