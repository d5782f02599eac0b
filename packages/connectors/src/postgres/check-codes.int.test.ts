import { readFile } from "node:fs/promises";
import { checkCodes, type CheckCode } from "@headgate/contract";
import { createDatabase, makeAuthority, startPostgres } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTheDatabase } from "../testing/provocations/database.ts";
import { encryption } from "../testing/provocations/encryption.ts";
import { tokens } from "../testing/provocations/entra.ts";
import { onTheWay } from "../testing/provocations/on-the-way.ts";
import type { Arena } from "../testing/provocations/provocation.ts";
import { signingIn } from "../testing/provocations/sign-in.ts";
import { tunnel } from "../testing/provocations/tunnel.ts";

const groups = { onTheWay, tunnel, encryption, signingIn, tokens, inTheDatabase };

const receiverCodes: readonly CheckCode[] = [
  "not_http",
  "receiver_refused_login",
  "receiver_missing",
  "receiver_redirects",
  "receiver_refused",
  "receiver_unavailable",
  "bucket_missing",
  "storage_refused_login",
  "storage_forbidden",
  "storage_failed",
  "folder_not_set",
  "folder_missing",
  "folder_forbidden",
  "folder_full",
  "folder_failed",
];

/** Where a code is provoked that no connector gives. */
const elsewhere: Partial<Record<CheckCode, string>> = {
  query_refused: "./relation/queries.int.test.ts",
  query_columns: "./relation/queries.int.test.ts",
  ...Object.fromEntries(receiverCodes.map((code) => [code, "../receivers/check-receiver.int.test.ts"])),
  secret_unreadable: "../../../../apps/server/src/routes/connections.int.test.ts",
  // Only from afar: on this machine nobody can stand in between.
  password_not_asked: "./rogue-sign-in.int.test.ts",
};

let arena: Arena;
beforeAll(async () => {
  const database = await createDatabase();
  await database.query("create table orders (id int primary key); insert into orders values (1)");
  const encrypted = await startPostgres({
    tls: { names: ["localhost"] },
    clientAuthority: makeAuthority("Client authority").certificate,
    hba: ["hostssl certified all all scram-sha-256 clientcert=verify-ca", "hostssl postgres all all scram-sha-256"],
  });
  arena = { database, encrypted };
});
afterAll(() => arena.encrypted.stop());

describe.each(Object.entries(groups))("%s", (_name, provocations) => {
  it.each(provocations)("$code at stage $stage: $how", async ({ code, stage, facts = {}, provoke }) => {
    const { failure, failedStages } = await provoke(arena);
    expect(failure).toMatchObject({ code, stage, facts });
    // Whoever watches and whoever reads the verdict are told of the same stage.
    expect(failedStages).toEqual([stage]);
    expect(JSON.stringify(failure)).not.toContain("canary-hunter2");
  });
});

it("every code of the contract is provoked", async () => {
  const provoked = new Set(Object.values(groups).flatMap((group) => group.map(({ code }) => code as string)));
  for (const [code, file] of Object.entries(elsewhere)) {
    const test = await readFile(new URL(file, import.meta.url), "utf8");
    if (test.includes(`code: "${code}"`)) provoked.add(code);
  }
  expect(checkCodes.filter((code) => !provoked.has(code))).toEqual([]);
});
