import { describe, expect, test } from "vitest";
import { loginScript, passwordPlaceholder, scriptText, type LoginQuestion } from "./login-script.ts";

const reader: LoginQuestion = {
  role: "source",
  user: "reader",
  database: "shop",
  scopes: [{ schema: "sales", name: "orders" }],
  later: false,
  deletes: false,
};
const sql = (change: Partial<LoginQuestion> = {}) => loginScript({ ...reader, ...change }).map((line) => line.sql);

describe("the script for somebody who has no login yet", () => {
  test("makes a login that reads one table, and nothing else", () => {
    expect(sql()).toEqual([
      `CREATE USER "reader" PASSWORD ${passwordPlaceholder};`,
      'GRANT CONNECT ON DATABASE "shop" TO "reader";',
      'GRANT USAGE ON SCHEMA "sales" TO "reader";',
      'GRANT SELECT ON TABLE "sales"."orders" TO "reader";',
    ]);
  });

  test("covers all tables, and later ones by the name of whoever owns those of now", () => {
    const lines = sql({ scopes: [{ schema: "sales" }], later: true });
    expect(lines).toContain('GRANT SELECT ON ALL TABLES IN SCHEMA "sales" TO "reader";');
    expect(lines.at(-1)).toContain("FOR ROLE %I IN SCHEMA %I GRANT SELECT ON TABLES TO %I', owner, 'sales', 'reader')");
  });

  test("gives a destination what each write mode may need, and deleting only when asked to [DD-02]", () => {
    const destination = { role: "destination", user: "writer", scopes: [{ schema: "public" }], later: true } as const;
    const lines = sql({ ...destination, deletes: true });
    expect(lines.slice(0, 4)).toEqual([
      `CREATE USER "writer" PASSWORD ${passwordPlaceholder};`,
      'GRANT CONNECT, TEMPORARY ON DATABASE "shop" TO "writer";',
      'GRANT USAGE, CREATE ON SCHEMA "public" TO "writer";',
      'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "public" TO "writer";',
    ]);
    expect(lines.at(-1)).toContain("GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I");
    expect(sql(destination).join()).not.toContain("DELETE");
  });

  test("names each schema once, however many of its tables are listed", () => {
    const scopes = ["a", "b"].map((name) => ({ schema: "sales", name }));
    expect(sql({ scopes }).filter((line) => line.includes("ON SCHEMA"))).toHaveLength(1);
  });

  test("cannot be run with the words that stand for the password, which hold no quotes", () => {
    expect(passwordPlaceholder).not.toMatch(/['"$]/);
    expect(scriptText(loginScript(reader))).toMatch(/^-- Makes the login\.\nCREATE USER "reader" PASSWORD </);
  });
});
