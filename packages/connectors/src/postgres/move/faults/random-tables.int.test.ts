import { writeModeRules } from "@headgate/core";
import type { WriteMode } from "@headgate/contract";
import { expect, it } from "vitest";
import { moveRandomTables } from "../../../testing/random-tables.ts";

it.each(Object.keys(writeModeRules) as WriteMode[])(
  "%s does to random tables of any types, names and order what its model does, row by row",
  async (mode) => {
    const { wrong, rows } = await moveRandomTables(mode, { tables: 6, rows: 25, seed: 20_261_121 });
    expect(wrong).toEqual([]);
    expect(rows).toBeGreaterThan(60);
  },
);
