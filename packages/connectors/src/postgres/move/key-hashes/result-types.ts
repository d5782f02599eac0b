import { alone, type Session } from "../../session.ts";
import type { ColumnType } from "./column-hashes.ts";

/** The types of the columns a SELECT gives, without running it. */
export async function resultTypes(session: Session, select: string): Promise<ColumnType[]> {
  const { fields } = await session.client.query({
    text: `select * from (${select}) as s limit 0`,
    ...alone,
  });
  return fields.map(({ dataTypeID, dataTypeModifier }) => ({ oid: dataTypeID, modifier: dataTypeModifier }));
}
