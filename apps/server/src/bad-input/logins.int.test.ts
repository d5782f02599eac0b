import {
  createDatabase,
  createRole,
  listen,
  startPostgres,
  type TestDatabase,
  type TestServer,
} from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSweep, type Sweep } from "../testing/bad-input.ts";

/** Group D of the catalogue: users, databases, passwords. */
let sweep: Sweep;
let postgres: TestServer;
let database: TestDatabase;
beforeAll(async () => {
  [sweep, postgres] = await Promise.all([startSweep(), startPostgres()]);
  database = await createDatabase({ server: postgres });
  await database.query("create table orders (id int); grant select on orders to public");
});
afterAll(async () => {
  await sweep.server.stop();
  await postgres.stop();
});

const where = (): object => ({ host: postgres.host, port: postgres.port, database: database.database });

async function createLogin(user: string, password: string): Promise<void> {
  const { rows } = await database.query<{ sql: string }>(
    "select format('create role %I login password %L', $1::text, $2::text) as sql",
    [user, password],
  );
  await database.query(rows[0]?.sql ?? "");
}

/** How signing in ends, at a database where everybody may read one table. */
function signIn(user: string, password: string | undefined, change: object = {}) {
  const settings = { ...where(), user, tlsMode: "disable", ...change };
  return sweep.failure({ settings, secrets: password === undefined ? {} : { password } }, password || "canary");
}

describe("names and passwords that cannot be", () => {
  test.each([
    ["a NUL in the user [B85] [V6]", { settings: { user: "bob\0options\0-c log_statement=none" } }, "settings.user"],
    ["a NUL in the database [B85] [V6]", { settings: { database: "a\0b" } }, "settings.database"],
    ["a NUL in the password [B85] [V6]", { secrets: { password: "canary\0x" } }, "secrets.password"],
    ["a user of 256 letters [B86]", { settings: { user: "u".repeat(256) } }, "settings.user"],
    ["a password of more than 10 KB [B89]", { secrets: { password: "canary".repeat(2_000) } }, "secrets.password"],
  ])("%s", async (_what, typed, field) => {
    const { status, fields, attempts } = await sweep.refuseConnection(typed);
    expect({ status, fields: Object.keys(fields), attempts }).toEqual({ status: 422, fields: [field], attempts: [] });
  });
});

describe("names and passwords that are merely unusual", () => {
  test("a user of 255 letters is asked for as it is [B86]", async () => {
    const user = "u".repeat(255);
    expect((await sweep.save({ settings: { user } })).settings.user).toBe(user);
    expect(await signIn(user, "canary-hunter2")).toMatchObject({ code: "password_wrong", stage: "sign_in" });
  });

  test("spaces around user, database and password are kept, and work [B87]", async () => {
    const user = " reader ";
    await createLogin(user, " canary-space ");
    const saved = await sweep.save({ settings: { user, database: " shop " } });
    expect(saved.settings).toMatchObject({ user, database: " shop " });
    expect(await signIn(user, " canary-space ")).toMatchObject({ code: "ok" });
    expect(await signIn("reader", " canary-space ")).toMatchObject({ code: "password_wrong" });
    expect(await signIn(user, "canary-space")).toMatchObject({ code: "password_wrong" });
  });

  test("an empty password is said to be missing, and nothing is stored [B88]", async () => {
    const saved = await sweep.save({ secrets: { password: "" } });
    expect(saved.secrets.password.set).toBe(false);
    expect(await signIn(postgres.user, "")).toMatchObject({ code: "password_missing", stage: "sign_in" });
  });

  test.each([
    ["10 KB [B89]", "canary€$".repeat(1_279)],
    ["emoji [B90]", "canary-🐘-🔑"],
    ["letters that NFKC writes otherwise [B90]", "canary-ﬁ-①-Ⅳ-Å"],
    ["a space that is none [B90]", "canary\u00a0space"],
  ])("a password of %s opens the door", async (_what, password) => {
    const user = `unusual_${Buffer.byteLength(password)}_${password.length}`;
    await createLogin(user, password);
    expect(await signIn(user, password)).toMatchObject({ code: "ok" });
    expect(await signIn(user, `${password}x`)).toMatchObject({ code: "password_wrong" });
  });

  test("SQL in place of a user is only a name nobody has [B91]", async () => {
    expect(await signIn("'; DROP ROLE x;--", "canary-hunter2")).toMatchObject({ code: "password_wrong" });
    expect(await signIn(`"; drop table orders; --`, "canary-hunter2")).toMatchObject({ code: "password_wrong" });
    expect((await database.query("select from orders")).rowCount).toBe(0);
  });
});

describe("what the server refuses", () => {
  test("a database that takes no connections [B92]", async () => {
    const found = await signIn(postgres.user, postgres.password, { database: "template0" });
    expect(found).toMatchObject({ code: "database_closed", stage: "database" });
  });

  test("a wrong password, and nothing about how often it was tried [B93]", async () => {
    const answers = [];
    for (let turn = 0; turn < 3; turn += 1) answers.push(await signIn(postgres.user, "canary-wrong"));
    expect(answers[0]).toMatchObject({ code: "password_wrong", stage: "sign_in" });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test("a login that has expired [B94]", async () => {
    const { user, password } = await createRole(database, { attributes: "valid until '2020-01-01'" });
    expect(await signIn(user, password)).toMatchObject({ code: "password_wrong", stage: "sign_in" });
  });

  test("no right to connect to the database [B95]", async () => {
    const closed = await createDatabase({ server: postgres });
    await closed.query(`revoke connect on database ${closed.database} from public`);
    const { user, password } = await createRole(closed);
    const found = await signIn(user, password, { database: closed.database });
    expect(found).toMatchObject({ code: "database_forbidden", stage: "database" });
  });

  test("a login at its limit of connections [B96]", async () => {
    const { user, password } = await createRole(database, { attributes: "connection limit 0" });
    expect(await signIn(user, password)).toMatchObject({ code: "server_full" });
  });
});

test("a NUL that somebody planted never reaches a server either [B85] [V6]", async () => {
  const watched = await listen(() => {});
  const settings = { host: "127.0.0.1", port: watched.port, tlsMode: "disable" };
  const id = await sweep.plant({ settings, secrets: { password: "canary\0x" } });
  const { verdict } = await sweep.check(id);
  expect(verdict).toMatchObject({ failure: { stage: "sign_in" } });
  expect([...watched.sockets].map((socket) => socket.bytesRead)).toEqual([0]);
  await watched.close();
});
