import type { CheckedGrant } from "@headgate/contract";
import { expect, test } from "vitest";
import { grantState, missingCount, newsOf, scriptOf } from "./grant-state.ts";

const line = (id: string, granted: boolean | null, optional = false): CheckedGrant => ({
  id,
  sql: `GRANT ${id};`,
  sentence: id,
  optional,
  granted,
});

test("the script holds what is missing or not known, and everything once all is there", () => {
  const lines = [line("connect", true), line("usage", false), line("select", null), line("future", false, true)];
  expect(scriptOf(lines)).toBe("GRANT usage;\nGRANT select;\nGRANT future;");
  expect(scriptOf([line("connect", true), line("usage", true)])).toBe("GRANT connect;\nGRANT usage;");
});

test("only what the flow needs counts as missing", () => {
  expect(missingCount([line("a", true), line("b", false), line("c", null), line("d", false, true)])).toBe(2);
  expect([true, false, null].map((granted) => grantState({ granted }))).toEqual(["granted", "missing", "unknown"]);
});

test("another look says what came, what went and what is still to do", () => {
  const before = [line("a", true), line("b", null), line("c", false)];
  expect(newsOf(before, before)).toBe("Nothing has changed yet. 2 rights are missing.");
  expect(newsOf(before, [line("a", true), line("b", true), line("c", false)])).toBe(
    "Now granted: b One right is missing.",
  );
  expect(newsOf(before, [line("a", false), line("b", true), line("c", true)])).toBe(
    "Now granted: b c No longer granted: a One right is missing.",
  );
});
