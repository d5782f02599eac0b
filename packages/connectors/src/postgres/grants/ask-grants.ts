import type { GrantLine } from "@headgate/core";
import type { Session } from "../session.ts";
import { rightSql } from "./right-sql.ts";

/** Asks the server for each line whether this login has what it grants, in one round trip. */
export async function askGrants(session: Session, lines: readonly GrantLine[]): Promise<readonly (boolean | null)[]> {
  const values: (string | readonly string[])[] = [];
  const conditions = lines.map(({ right }) => rightSql(right, (value) => `$${values.push(value)}`));
  const [row] = await session.query<{ granted: (boolean | null)[] }>(
    `select array[${conditions.map((condition) => `coalesce(${condition}, false)`).join(", ")}] as granted`,
    values,
  );
  return row?.granted ?? [];
}
