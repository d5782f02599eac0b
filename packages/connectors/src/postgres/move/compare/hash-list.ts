import { ident } from "../../identifiers.ts";
import type { Session } from "../../session.ts";
import { stateForbidden } from "../flow-state.ts";

/**
 * Hashes of all rows as a run has seen them, in order, 16 bytes a row: its key's and its own. The next run compares with
 * it. It is kept wherever a flow's position is kept, and changes together with it.
 */
export type HashList = {
  /** A number that no list has yet. */
  fresh(): Promise<number>;
  /** The chunks of the list with this number, in order. */
  read(list: number): AsyncIterable<Buffer>;
  /** Adds a chunk to the list with this number. */
  add(list: number, chunk: Buffer): Promise<void>;
  /** Throws away all lists but this one. */
  keepOnly(list: number): Promise<void>;
};

/** Bytes of one chunk: 65,536 rows. */
export const chunkBytes = 1_048_576;

/**
 * Keeps a flow's list in a table of its own beside the flow's state, in the transaction that is open: so it is there
 * exactly when the rows are.
 */
export async function openHashTable(session: Session, flowId: string): Promise<HashList> {
  const table = `headgate.${ident(`hashes_${flowId.replaceAll("-", "_")}`)}`;
  const [found] = await session.query<{ there: boolean }>("select pg_catalog.to_regclass($1) is not null as there", [
    table,
  ]);
  if (!found?.there) {
    // Hashes cannot be made smaller; trying would cost more than reading them.
    await session
      .execute(
        `create table ${table} (list bigint, chunk int, entries bytea, primary key (list, chunk));
         alter table ${table} alter entries set storage external`,
      )
      .catch((error: unknown) => {
        throw isForbidden(error) ? stateForbidden(session) : error;
      });
  }
  const added = new Map<number, number>();
  return {
    fresh: async () => {
      const [row] = await session.query<{ list: string }>(`select coalesce(max(list), 0) + 1 as list from ${table}`);
      return Number(row?.list);
    },
    read: (list) => readChunks(session, table, list),
    add: async (list, chunk) => {
      const place = added.get(list) ?? 0;
      added.set(list, place + 1);
      await session.query(`insert into ${table} values ($1, $2, $3)`, [list, place, chunk]);
    },
    keepOnly: async (list) => {
      await session.query(`delete from ${table} where list <> $1`, [list]);
    },
  };
}

async function* readChunks(session: Session, table: string, list: number): AsyncGenerator<Buffer> {
  for (let chunk = 0; ; chunk += 1) {
    const [row] = await session.query<{ entries: Buffer }>(
      `select entries from ${table} where list = $1 and chunk = $2`,
      [list, chunk],
    );
    if (!row) return;
    yield row.entries;
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "42501";
}
