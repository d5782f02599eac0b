import { expect, it } from "vitest";
import { moveRandomRows } from "../../../testing/random-rows.ts";

it.each(["insert_missing", "update", "upsert", "mirror", "replace"] as const)(
  "%s does to 300 random rows what its model does, row by row",
  async (mode) => {
    const { wrong, balanced, rows } = await moveRandomRows(mode, 300, 20_260_301);
    expect({ wrong, balanced }).toEqual({ wrong: [], balanced: true });
    expect(rows).toBeGreaterThan(200);
  },
);
