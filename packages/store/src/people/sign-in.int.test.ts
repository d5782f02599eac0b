import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashPassword } from "./passwords.ts";
import { changeOwnPassword, signInUser } from "./sign-in.ts";
import { findSession } from "./sessions.ts";
import { insertUser } from "./users.ts";

let store: TestStore;
beforeAll(async () => {
  store = await createStore();
});
afterAll(() => store.close());

const password = "a quiet green river";

async function person(email: string) {
  const passwordHash = await hashPassword(password);
  return insertUser(store.db, { name: "Ada", email, role: "editor", timeZone: "UTC", passwordHash });
}

function attempt(email: string, given: string, address = "192.0.2.1") {
  return signInUser(store.db, { email, password: given, address });
}

/** As if all failures of a person had happened this much earlier. */
async function wait(seconds: number): Promise<void> {
  await store.db.query("update sign_in_failures set last_at = last_at - make_interval(secs => $1)", [seconds]);
}

test("e-mail addresses sign in whatever their capitals", async () => {
  await person("Grace@example.com");
  expect(await attempt("gRACE@EXAMPLE.COM", password)).toMatchObject({ status: "signed_in" });
});

test("an unknown person gets the answer of a wrong password [R6]", async () => {
  await person("known@example.com");
  expect(await attempt("known@example.com", "wrong wrong wrong")).toEqual({ status: "wrong" });
  expect(await attempt("unknown@example.com", "wrong wrong wrong")).toEqual({ status: "wrong" });
});

test("ten failures cost nothing, then each doubles the wait, and no wait is for ever [R7]", async () => {
  await person("slow@example.com");
  for (let failure = 1; failure <= 10; failure += 1)
    expect(await attempt("slow@example.com", "wrong wrong wrong")).toEqual({ status: "wrong" });

  const waits: number[] = [];
  for (let failure = 11; failure <= 24; failure += 1) {
    // Even the right password has to wait: else the wait would tell which guess was right.
    const refused = await attempt("slow@example.com", password);
    if (refused.status !== "slow_down") throw new Error(refused.status);
    waits.push(refused.retryAfterSeconds);
    await wait(refused.retryAfterSeconds);
    expect(await attempt("slow@example.com", "wrong wrong wrong")).toEqual({ status: "wrong" });
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);

  await wait(900);
  expect(await attempt("slow@example.com", password)).toMatchObject({ status: "signed_in" });
  expect(await attempt("slow@example.com", "wrong wrong wrong")).toEqual({ status: "wrong" });
});

test("somebody who guesses elsewhere does not slow the person down [R7]", async () => {
  await person("victim@example.com");
  for (let failure = 1; failure <= 11; failure += 1)
    await attempt("victim@example.com", "wrong wrong wrong", "203.0.113.9");
  expect(await attempt("victim@example.com", password, "203.0.113.9")).toMatchObject({ status: "slow_down" });
  expect(await attempt("victim@example.com", password, "192.0.2.1")).toMatchObject({ status: "signed_in" });
});

test("guesses made all at once are all counted [R7]", async () => {
  await person("burst@example.com");
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => attempt("burst@example.com", "wrong wrong wrong")),
  );
  expect(answers.filter(({ status }) => status === "wrong").length).toBeLessThanOrEqual(11);
  expect(answers.filter(({ status }) => status === "slow_down").length).toBeGreaterThanOrEqual(19);
});

test("a new password ends every session and starts another; the old one must be known [R11]", async () => {
  const user = await person("change@example.com");
  const first = await attempt("change@example.com", password);
  const second = await attempt("change@example.com", password);
  if (first.status !== "signed_in" || second.status !== "signed_in") throw new Error("not signed in");
  const given = { currentPassword: "wrong wrong wrong", newPassword: "another river bend", address: "192.0.2.1" };
  expect(await changeOwnPassword(store.db, user, given)).toEqual({ status: "wrong" });

  const changed = await changeOwnPassword(store.db, user, { ...given, currentPassword: password });
  if (changed.status !== "changed") throw new Error(changed.status);
  expect(await findSession(store.db, first.sessionToken)).toBeUndefined();
  expect(await findSession(store.db, second.sessionToken)).toBeUndefined();
  expect(await findSession(store.db, changed.sessionToken)).toMatchObject({ email: "change@example.com" });
  expect(await attempt("change@example.com", password)).toEqual({ status: "wrong" });
});
