import { expect, it } from "vitest";
import { identifierSchema, labelSchema, timeZoneSchema } from "./fields.ts";

it.each([
  ["B127", 'Robert"); DROP TABLE students;--'],
  ["B128", '"'],
  ["B130", "a.b"],
  ["B132", "select"],
  ["B133", " "],
  ["B134", "a".repeat(63)],
  ["B137", "🎉"],
  ["B143", "__proto__"],
])("keeps an odd but real name exactly [%s]", (_id, name) => {
  expect(identifierSchema.parse(name)).toBe(name);
});

it.each([
  ["B135", "a".repeat(64)],
  ["B136", "é".repeat(40)],
])("refuses a name PostgreSQL would cut [%s]", (_id, name) => {
  expect(identifierSchema.safeParse(name).error?.issues[0]?.message).toContain("at most 63 bytes");
});

it.each([
  ["B183", "Mars/Phobos"],
  ["B184", "EST5EDT"],
  ["B184", "UTC+25"],
])("refuses a time zone that does not follow a place's clock [%s]", (_id, zone) => {
  expect(timeZoneSchema.safeParse(zone).success).toBe(false);
});

it.each(["UTC", "Europe/Paris", "America/Argentina/Buenos_Aires", "Australia/Lord_Howe"])("accepts %s", (zone) => {
  expect(timeZoneSchema.parse(zone)).toBe(zone);
});

it("refuses a label with a line break", () => {
  expect(labelSchema.safeParse("two\nlines").success).toBe(false);
});
