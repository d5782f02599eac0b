import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSession, endSession, findSession, pruneSignIn } from "./sessions.ts";
import { insertUser } from "./users.ts";

let store: TestStore;
let userId: string;
beforeAll(async () => {
  store = await createStore();
  const user = {
    name: "Ada",
    email: "ada@example.com",
    role: "viewer",
    timeZone: "UTC",
    passwordHash: "none",
  } as const;
  ({ id: userId } = await insertUser(store.db, user));
});
afterAll(() => store.close());

async function age(column: "created_at" | "last_seen_at", interval: string): Promise<void> {
  await store.db.query(`update sessions set ${column} = ${column} - $1::interval`, [interval]);
}

test("a session's secret has 256 bits and only its hash is stored [R10]", async () => {
  const token = await createSession(store.db, userId);
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  const { rows } = await store.db.query("select encode(token_hash, 'escape') || s::text as row from sessions s");
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(rows).toHaveLength(1);
});

test("a session that is used stays, and ends after half an hour without a request [R11]", async () => {
  const token = await createSession(store.db, userId);
  await age("last_seen_at", "29 minutes");
  expect(await findSession(store.db, token)).toMatchObject({ email: "ada@example.com" });
  await age("last_seen_at", "29 minutes");
  expect(await findSession(store.db, token)).toBeDefined();
  await age("last_seen_at", "31 minutes");
  expect(await findSession(store.db, token)).toBeUndefined();
});

test("a session ends after twelve hours, however busy [R11]", async () => {
  const token = await createSession(store.db, userId);
  await age("created_at", "11 hours 59 minutes");
  expect(await findSession(store.db, token)).toBeDefined();
  await age("created_at", "2 minutes");
  expect(await findSession(store.db, token)).toBeUndefined();
});

test("signing out ends a session at the server [R11]", async () => {
  const token = await createSession(store.db, userId);
  await endSession(store.db, token);
  expect(await findSession(store.db, token)).toBeUndefined();
});

test("what has ended is cleared away", async () => {
  await createSession(store.db, userId);
  await age("last_seen_at", "31 minutes");
  const kept = await createSession(store.db, userId);
  await pruneSignIn(store.db);
  const { rows } = await store.db.query("select count(*)::int as n from sessions");
  expect(rows).toEqual([{ n: 1 }]);
  expect(await findSession(store.db, kept)).toBeDefined();
});
