import { readPasted } from "@headgate/core";
import { makeTestFolder, watchOutbound, type TestFolder } from "@headgate/testkit";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startSweep, type Sweep } from "../testing/bad-input.ts";

/**
 * Group C of the catalogue: connection strings. They are taken apart in the browser; what is asked here is what becomes of
 * them: fields that can be saved, or one sentence, and in no case a file, a variable or a secret where it does not belong.
 */
let sweep: Sweep;
let folder: TestFolder;
beforeAll(async () => {
  sweep = await startSweep();
  folder = await makeTestFolder();
  writeFileSync(path.join(folder.path, "file"), "canary-in-a-file");
  for (const name of ["PGHOST", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSSLMODE", "PGOPTIONS", "PGSERVICE"])
    vi.stubEnv(name, `canary-${name}`);
  vi.stubEnv("PGPASSFILE", path.join(folder.path, "file"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
  await sweep.server.stop();
});

const seed = { host: "db.example.com", database: "shop", port: 5433, user: "reader" };
const usual = { host: "h", database: "d", user: "u", password: "canary" };

/** FILE stands for a file with a secret in it, MEGABYTE for a million letters. */
function pasted(given: string) {
  const text = given.replace("FILE", path.join(folder.path, "file")).replace("MEGABYTE", "a".repeat(1_000_000));
  const watch = watchOutbound();
  const answer = readPasted(text);
  watch.stop();
  expect(watch.attempts).toEqual([]);
  return { text, answer };
}

test.each([
  {
    text: "Server=db.example.com;Database=shop;Port=5433;UID=reader;Password=canary1",
    fields: { ...seed, password: "canary1" },
    id: "[B62]",
  },
  { text: `Server=h;Password="canary;b=c"`, fields: { host: "h", password: "canary;b=c" }, id: "[B63]" },
  { text: String.raw`host=h password='canary b\'c'`, fields: { host: "h", password: "canary b'c" }, id: "[B66]" },
  {
    text: "jdbc:postgresql://h/d?user=u&password=canary&ssl=true",
    fields: { ...usual, tlsMode: "verify-full" },
    note: "certificate will be checked",
    id: "[B70] [V3]",
  },
  {
    text: "postgres://u:canary@h/d?ssl=verify-full",
    fields: { ...usual, tlsMode: "verify-full" },
    id: "[B76] [V7]",
  },
  {
    text: "Host=h;Username=u;Password=canary;sslmode=require;TrustServerCertificate=true",
    fields: { host: "h", user: "u", password: "canary" },
    note: "Choose the encryption yourself",
    id: "[B83]",
  },
  {
    text: "Server=h;UID=u;Password=;Database=d",
    fields: { host: "h", user: "u", database: "d" },
    note: "password is empty",
    id: "[B84]",
  },
  {
    text: "postgres://u:canary@h/d?stream=x&Promise=y&connectionString=postgres://evil/d",
    fields: usual,
    note: "stream, Promise, connectionString",
    id: "[V2]",
  },
  { text: "postgres:///d", fields: { database: "d" }, id: "[V4]" },
])("$text becomes fields, and its password is stored as a secret only $id", async ({ text, fields, note = "" }) => {
  const { answer } = pasted(text);
  if (answer.status === "refused") throw new Error(answer.message);
  expect(answer.fields).toEqual(fields);
  expect(answer.notes.join(" ")).toContain(note);
  expect(answer.notes.join(" ")).not.toContain("canary");
  const { password, ...settings } = answer.fields;
  const saved = await sweep.save({ settings, secrets: password === undefined ? {} : { password } });
  expect(saved).toMatchObject({ settings, secrets: { password: { set: password !== undefined } } });
  const { rows } = await sweep.server.store.db.query("select to_jsonb(c)::text as row from connections c");
  expect(JSON.stringify([saved, rows, sweep.server.logs])).not.toContain("canary");
});

test.each([
  [`Server=h;Password="canary;Port=5432`, "never closed", "[B64]"],
  ["Server=h;Password=canary1;Password=canary2", "twice", "[B65]"],
  ["postgres://u:canary@ss:w/rd@h/d", "%40", "[B67]"],
  ["postgres://u:canary%zz@h/d", "%25", "[B68]"],
  ["postgres://u:canary@h1,h2/db", "several servers", "[B69] [V3]"],
  ["jdbc:mysql://u:canary@h/d", "another kind of system", "[B71]"],
  ["postgres://u:canary@h/d?sslrootcert=FILE", "paste the certificate", "[B72] [V1]"],
  ["postgres://u:canary@h/d?sslkey=/proc/self/environ", "sslkey", "[B73] [V1]"],
  ["postgres://u:canary@h/d?sslcert=FILE", "sslcert", "[V1]"],
  ["postgres://u:canary@h/d?host=169.254.169.254&port=80", "second server address", "[B74] [V2]"],
  ["postgres://u:canary@h/d?options=-c%20session_preload_libraries=x", "options", "[B75]"],
  ["postgres://u:canary@h/d?sslmode=bogus", "verify-full", "[B77]"],
  ["service=prod password=canary", "service", "[B78]"],
  ["host=h password=canary passfile=FILE", "passfile", "[B78] [V4]"],
  ["socket:/tmp/x?password=canary", "socket file", "[B79] [V2]"],
  ["postgres://u:canary@%2Fvar%2Frun%2Fpostgresql/d", "socket file", "[B79] [V2]"],
  ["http://u:canary@169.254.169.254/latest", "web page", "[B80] [V2]"],
  ["postgres://u:canaryMEGABYTE@h/d", "too long", "[B81]"],
  ["postgres://u:canary@h\0evil/d", "NUL", "[B82] [V6]"],
  ["postgres://u:canary%00b@h/d", "NUL", "[B82] [V6]"],
])(
  "%j is refused in one sentence that repeats nothing (%s), and has no place in any field %s",
  async (given, words) => {
    const { text, answer } = pasted(given);
    const message = answer.status === "refused" ? answer.message : "";
    expect(message).toContain(words);
    expect(message).toMatch(/^[A-Z][^\n]{5,300}[.…]$/);
    expect(message).not.toContain("canary");
    await expectNoPlaceFor(text);
  },
);

test("a server hidden behind the question mark comes to light as the field it is, and the rules refuse it [B74] [V2]", async () => {
  const { answer } = pasted("postgres://u:canary@/d?host=169.254.169.254");
  const { host } = answer.status === "parsed" ? answer.fields : {};
  expect(host).toBe("169.254.169.254");
  const refused = await sweep.refuseConnection({ settings: { host }, secrets: { password: "canary" } });
  expect(refused).toMatchObject({ status: 422, attempts: [] });
});

/** Pasted whole into a field of the form, a text is refused there and kept nowhere. */
async function expectNoPlaceFor(text: string): Promise<void> {
  for (const field of ["host", "database", "user"]) {
    const { status, attempts } = await sweep.refuseConnection({ settings: { [field]: text } });
    expect([413, 422]).toContain(status);
    expect(attempts).toEqual([]);
  }
  const unknown = await sweep.refuse("/api/connections", {
    name: "x",
    settings: {},
    secrets: {},
    connectionString: text,
  });
  expect([413, 422]).toContain(unknown.status);
}
