import { expect, it } from "vitest";
import { moveRandomRows } from "../../../testing/random-rows.ts";

it.each(["insert_missing", "update", "upsert", "mirror", "replace"] as const)(
  "%s does to 10,000 random rows what its model does, row by row",
  async (mode) => {
    const seed = Math.trunc(Math.random() * 2 ** 31);
    const { wrong, balanced, rows } = await moveRandomRows(mode, 10_000, seed);
    expect({ seed, wrong, balanced }).toEqual({ seed, wrong: [], balanced: true });
    expect(rows).toBeGreaterThan(8_000);
  },
);
