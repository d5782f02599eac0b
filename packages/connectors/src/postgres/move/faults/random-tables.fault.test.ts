import { writeModeRules } from "@headgate/core";
import type { WriteMode } from "@headgate/contract";
import { expect, it } from "vitest";
import { moveRandomTables } from "../../../testing/random-tables.ts";

it.each(Object.keys(writeModeRules) as WriteMode[])(
  "%s does to 10,000 rows of 100 random tables of any types, names and order what its model does, row by row",
  async (mode) => {
    const seed = Math.trunc(Math.random() * 2 ** 31);
    const { wrong, rows } = await moveRandomTables(mode, { tables: 100, rows: 120, seed });
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    expect(rows).toBeGreaterThan(8_000);
  },
);
