import type { CheckRequest, TableName } from "@headgate/contract";
import { findStream, requireStream, tableFacts } from "./catalog/find-stream.ts";
import { tableIdent } from "./identifiers.ts";
import { serverWords } from "./server-words.ts";
import type { Session } from "./session.ts";
import { SessionFault } from "./session-fault.ts";

export type TableRead = {
  /** The name of the table, where one was read. */
  readonly note?: string | undefined;
  /** Whether rows of it are hidden from this login; undefined where no table was asked for by name. */
  readonly hidden?: boolean;
};

/**
 * Reads from one table, so that the verdict is about rows and not only about rights: the one that was asked for, or the
 * first that may be read. A destination need not be readable, nor be there already.
 */
export async function readOneTable(
  session: Session,
  first: TableName | null,
  { as, table }: CheckRequest,
): Promise<TableRead> {
  if (!table) return { note: first ? await readFrom(session, first) : undefined };
  const stream = as === "destination" ? await findStream(session, table) : await requireStream(session, table);
  if (stream?.may.select) return { note: await readFrom(session, table), hidden: stream.rowSecurity };
  if (as === "destination") return { hidden: false };
  throw new SessionFault("table", "table_forbidden", "The table may not be read.", tableFacts(table));
}

async function readFrom(session: Session, table: TableName): Promise<string> {
  await session.query(`select from ${tableIdent(table)} limit 1`);
  return serverWords(`${table.schema}.${table.name}`);
}
