import { expect, test } from "vitest";
import { grantMessage } from "./grant-message.ts";
import { loginForm, loginLines, loginMessage } from "./login-form.ts";

const typed = { host: "db.example.com", port: "5432", database: 'Shop "2"', user: "" };

test("the message names the place and the lines still to be run, each under what it is for", () => {
  const line = (id: string, granted: boolean, optional: boolean) => ({
    id,
    sql: `GRANT ${id};`,
    sentence: `For ${id}.`,
    optional,
    granted,
  });
  const place = { host: "db.example.com", port: 5432, database: "shop", user: "reader" };
  const message = grantMessage([line("a", true, false), line("b", false, false), line("c", false, true)], place);
  expect(message).toContain("db.example.com, port 5432");
  expect(message).toContain("-- For b.\nGRANT b;\n\n-- Optional. For c.\nGRANT c;");
  expect(message).not.toContain("GRANT a");
});

test("the script for a new login starts from what was typed, and waits for what is missing", () => {
  const form = loginForm("source", typed);
  expect(form).toMatchObject({ user: "headgate", database: 'Shop "2"', scopes: "public", deletes: false });
  expect(loginLines({ ...form, database: "" })).toBeUndefined();
  expect(loginLines({ ...form, scopes: "a,,b" })).toBeUndefined();
  const lines = loginLines({ ...form, deletes: true })?.map(({ sql }) => sql);
  expect(lines?.[1]).toBe('GRANT CONNECT ON DATABASE "Shop ""2""" TO "headgate";');
  expect(lines?.join()).not.toContain("DELETE");
  const message = loginMessage("SCRIPT", form, typed);
  expect(message).toContain("SCRIPT");
  expect(message).toContain('hostssl  "Shop ""2"""  "headgate"');
});
