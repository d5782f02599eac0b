import type { TestDatabase } from "@headgate/testkit";
import { expect } from "@playwright/test";

type Side = Pick<TestDatabase, "query">;

/** Every row of a query as PostgreSQL's own text, sorted, repeats included. */
export async function rowTexts(side: Side, select: string): Promise<string[]> {
  const { rows } = await side.query<{ row: string }>(`select picked::text as row from (${select}) as picked`);
  return rows.map(({ row }) => row).sort();
}

/** Demands that two queries give the same rows equally often; shows the first ones that differ. */
export async function expectSameRows(
  [source, fromSource]: readonly [Side, string],
  [destination, fromDestination]: readonly [Side, string],
): Promise<void> {
  const [wanted, found] = [await rowTexts(source, fromSource), await rowTexts(destination, fromDestination)];
  expect({ count: found.length, missing: without(wanted, found), added: without(found, wanted) }).toEqual({
    count: wanted.length,
    missing: [],
    added: [],
  });
}

/** `EXCEPT ALL` over two sorted lists, the first five of what is left. */
function without(rows: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of taken) left.set(row, (left.get(row) ?? 0) + 1);
  const rest = rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
  return rest.slice(0, 5);
}
