import { expect, test } from "vitest";
import { requireUsualCount } from "./unusual-count.ts";

const facts = { rows: 20_000, usual: 2_000, alwaysFine: 10_000 };
const yes = (created: number) => ({ reason: "unusual_count", deleted: 0, created }) as const;

test.each([
  ["nobody knows what is usual", { ...facts, usual: undefined }, undefined],
  ["they are less than ten times the usual", { ...facts, usual: 2_001 }, undefined],
  ["they are few", { ...facts, rows: 10_000, usual: 0 }, undefined],
  ["a person has said yes to as many", facts, yes(20_000)],
  ["a person has said yes to a tenth fewer", facts, yes(18_182)],
])("rows may be added when %s", (_when, given, confirmation) => {
  expect(() => requireUsualCount(given, confirmation)).not.toThrow();
});

test.each([
  ["ten times the usual", facts, undefined],
  ["anything, where usually there is nothing", { ...facts, rows: 10_001, usual: 0 }, undefined],
  ["more than the yes was for", facts, yes(18_000)],
  ["the yes was to another question", facts, { reason: "place_lost", deleted: 0, choice: "go_on" } as const],
])("a person is asked at %s [V22]", (_when, given, confirmation) => {
  expect(() => requireUsualCount(given, confirmation)).toThrow(/waits for a person: unusual_count/);
});
