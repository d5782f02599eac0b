import fc from "fast-check";
import { expect, it } from "vitest";
import type { RowBatch } from "../batch-writer.ts";
import { columns } from "../testing/batches.ts";
import { createUuidMaker } from "../delivery/uuid.ts";
import { compileEvents, eventHead } from "./build-event.ts";
import { dialects, packEvents, type DialectRule } from "./dialects.ts";
import { createRowNames } from "../delivery/row-ids.ts";
import { bodyOf, createEventBodies } from "./event-bodies.ts";
import { createEventPacker, type EventPacker } from "./pack-events.ts";

function packer(dialect: "rudderstack" | "segment", rule: DialectRule = dialects[dialect]): EventPacker {
  const mapping = { type: "identify", userId: "id", traits: [{ source: "name", key: "name" }], constants: [] } as const;
  const build = compileEvents({ ...mapping, traits: [...mapping.traits], constants: [] }, columns, dialect);
  return createEventPacker({
    columns: columns.length,
    build,
    names: createRowNames(columns, ["id"]),
    ids: createUuidMaker("5c1d2a46-7f4e-4f0a-9e43-5d9c55d4a4a1"),
    idPlace: eventHead(mapping).length,
    rule,
    bodies: createEventBodies(),
  });
}

function rowsOf(names: readonly string[]): RowBatch {
  return {
    seq: 0,
    rows: names.map((name, index) => [String(index), name]),
    versions: names.map(() => "1"),
    position: "end",
  };
}

/** Bytes of an event around the name in it. */
const [first] = packer("segment")(rowsOf([""])).parcels[0]?.items ?? [];
const around = (first?.to ?? 0) - (first?.from ?? 0);

it("an event of 32 KB goes, and one byte more is a bad row before anything is sent [B199]", () => {
  const most = dialects.segment.eventBytes - around;
  const { parcels, rejected } = packer("segment")(
    rowsOf(["a".repeat(most), "a".repeat(most + 1), `${"a".repeat(most - 1)}é`]),
  );
  expect(parcels.flatMap(({ rows }) => rows)).toEqual([0]);
  expect(rejected).toEqual([
    { key: '["1"]', code: "row_too_large", sentence: expect.stringContaining("32 KB") },
    { key: '["2"]', code: "row_too_large", sentence: expect.stringContaining("32 KB") },
  ]);
});

it("no request is larger or longer than it may be, and every row is in one of them, in order", () => {
  const name = fc.integer({ min: 0, max: 300 }).map((length) => "é".repeat(length));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 60 }), fc.integer({ min: 900, max: 5000 }), (names, batchBytes) => {
      const { parcels, rejected } = packer("segment", { ...dialects.segment, batchBytes })(rowsOf(names));
      expect(rejected).toEqual([]);
      expect(parcels.flatMap(({ rows }) => rows)).toEqual(names.map((_, index) => index));
      for (const { items } of parcels) expect(bodyOf(items).length).toBeLessThanOrEqual(batchBytes);
      expect(parcels.every(({ items }) => items.length > 0)).toBe(true);
    }),
  );
  expect(
    packer("rudderstack")(rowsOf(Array.from({ length: 2500 }, () => ""))).parcels.map(({ items }) => items.length),
  ).toEqual([packEvents, packEvents, 500]);
});

it("the plan of a batch is the same when it is packed again, and another for other rows", () => {
  const plan = (names: readonly string[]) => packer("segment")(rowsOf(names)).sha256;
  expect(plan(["a", "b"])).toBe(plan(["a", "b"]));
  expect(plan(["a"])).not.toBe(plan(["a", "b"]));
});
