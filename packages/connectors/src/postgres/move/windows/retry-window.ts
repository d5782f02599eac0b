import type { RejectedRow } from "@headgate/contract";
import { ident, idents } from "../../identifiers.ts";
import { parseRowText } from "../rejects/row-text.ts";
import type { Asked, Found } from "./asked.ts";

/** Nobody's table or column is called so. */
const keys = `"headgate's keys"`;
const given = `pg_catalog.jsonb_array_elements(pg_catalog.current_setting('headgate.retry')::jsonb)`;

/**
 * Only the rows with these keys, as the source has them now; the flow stays where it is. The keys are a parameter that
 * lives as long as the snapshot, because COPY takes none.
 */
export async function retryWindow(asked: Asked, retry: readonly string[]): Promise<Found> {
  const { session, plan, from, remembered, question } = asked;
  const columns = plan.syncKey.map(
    (name) => plan.fields.find(({ destination }) => destination === name)?.source ?? name,
  );
  const wanted = retry.flatMap((key) => {
    const values = parseRowText(key);
    return values?.length === columns.length && !values.includes(null) ? [{ key, values }] : [];
  });
  await session.query("select pg_catalog.set_config('headgate.retry', $1, true)", [
    JSON.stringify(wanted.map(({ values }) => values)),
  ]);
  // With its length a type would cut values: `character` is one character, `bpchar` any number of them.
  const typeOf = (column: string, index: number): string =>
    `pg_catalog.format_type(pg_catalog.pg_typeof((select ${ident(column)} from ${from} limit 0))::oid, -1) as type_${index}`;
  const [types = {}] = await session.query<Record<string, string>>(`select ${columns.map(typeOf).join(", ")}`);
  const values = columns.map((_, index) => `(${keys} ->> ${index})::${types[`type_${index}`]}`).join(", ");
  const lost = await session.query<{ place: number }>(
    `select place::int as place from ${given} with ordinality as listed(${keys}, place)
      where not exists (select from ${from} where (${idents(columns)}) = (${values}))`,
  );
  const found = new Set(wanted.map(({ key }) => key));
  for (const { place } of lost) found.delete(wanted[place - 1]?.key ?? "");
  return {
    where: `(${idents(columns)}) in (select ${values} from ${given} as listed(${keys}))`,
    position: remembered.position ?? { kind: "all", question },
    missing: [...new Set(retry)].filter((key) => !found.has(key)).map(missingRow),
  };
}

function missingRow(key: string): RejectedRow {
  return { key, column: null, constraint: null, code: "row_not_found" };
}
