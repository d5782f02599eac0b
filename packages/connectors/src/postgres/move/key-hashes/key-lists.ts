import type { Session } from "../../session.ts";
import { ident } from "../../identifiers.ts";
import type { KeyType } from "./key-types.ts";

/**
 * A SELECT of the rows whose keys are in a batch, which COPY can take: it knows no parameters, so the server itself
 * makes literals of the keys' bytes. `batch` holds each key column's values with their lengths before them.
 */
export async function selectByKeys(
  session: Session,
  select: string,
  key: readonly string[],
  order: readonly KeyType[],
  batch: readonly (readonly Buffer[])[],
): Promise<string> {
  const lists = order.map(({ list }, place) => `$${place + 1}::${list.name}::text as list_${place}`);
  const values = order.map(({ list }, place) => asArray(list.elementOid, batch[place] ?? []));
  const [row] = await session.query<Record<string, string>>(`select ${lists.join(", ")}`, values);
  const literals = order.map(
    ({ list }, place) => `${session.client.escapeLiteral(row?.[`list_${place}`] ?? "{}")}::${list.name}`,
  );
  const same = key.map((name, place) => `s.${ident(name)} = k.key_${place}`).join(" and ");
  const names = order.map((_, place) => `key_${place}`).join(", ");
  return `select s.* from (${select}) as s join unnest(${literals.join(", ")}) as k (${names}) on ${same}`;
}

/** PostgreSQL's binary form of an array of one dimension. */
function asArray(elementOid: number, values: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32BE(1, 0);
  head.writeInt32BE(elementOid, 8);
  head.writeInt32BE(values.length, 12);
  head.writeInt32BE(1, 16);
  return Buffer.concat([head, ...values]);
}
