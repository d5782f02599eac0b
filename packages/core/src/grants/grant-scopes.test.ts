import { expect, test } from "vitest";
import { readGrantScopes } from "./grant-scopes.ts";

test.each([
  ["public", [{ schema: "public" }]],
  [" sales.orders , Public ", [{ schema: "sales", name: "orders" }, { schema: "Public" }]],
  ['"odd, name"."with.dot","a""b"', [{ schema: "odd, name", name: "with.dot" }, { schema: 'a"b' }]],
  ["two words.a table", [{ schema: "two words", name: "a table" }]],
])("%s is read as people mean it", (text, scopes) => {
  expect(readGrantScopes(text)).toEqual(scopes);
});

test.each(["", "  ", ",", "a,,b", "a.b.c", 'a"b', "a.", '"open'])("%j is no list of schemas and tables", (text) => {
  expect(readGrantScopes(text)).toBeUndefined();
});
