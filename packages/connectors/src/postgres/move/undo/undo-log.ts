import type { Stream, TableName } from "@headgate/contract";
import { tableFacts } from "../../catalog/find-stream.ts";
import { idents, tableIdent } from "../../identifiers.ts";
import type { Session } from "../../session.ts";
import type { ColumnPlan } from "../column-plan.ts";
import { keyOperators } from "../destination-facts.ts";
import type { Remembered } from "../position.ts";
import { ownFault } from "../run-failures.ts";
import { differsSql, sameKeySql, stage } from "../stage-sql.ts";
import { deed, undoTables } from "./undo-tables.ts";

/** Writes down, in the transaction that changes them, what rows were before a run. */
export type UndoLog = {
  /** Locks the rows that a merge of the stage will change, and keeps them as they are. Answers how many. */
  readonly keepChanging: () => Promise<number>;
  /** The same for rows `t` that will be deleted. */
  readonly keepGone: (where: string) => Promise<number>;
  /** Makes the rows of this transaction, or of this savepoint, known by their xmin. */
  readonly mark: () => Promise<void>;
};

export type UndoOrder = {
  readonly flowId: string;
  readonly runId: string;
  /** Where the flow stood before the run. */
  readonly remembered: Remembered;
};

/** No column of anybody is called so. */
const own = `"headgate's own"`;

type Place = {
  readonly session: Session;
  readonly table: TableName;
  readonly destination: Stream;
  readonly plan: ColumnPlan;
};

/** Only of a table's own rows can be told which transaction wrote them. */
export function requireUndoable({ kind, rowSecurity, ...table }: Stream): void {
  if ((kind === "table" || kind === "partitioned_table") && !rowSecurity) return;
  throw ownFault("destination", { code: "undo_impossible", kind: "settings" }, tableFacts(table));
}

/** Opens the log of one page. What an earlier run left in it goes with the first row this run writes down. */
export function openUndoLog(order: UndoOrder, { session, table, destination, plan }: Place): UndoLog {
  const { images, marks, keys, mirrored } = undoTables(order.flowId);
  const into = tableIdent(table);
  const columns = destination.fields.map(({ name }) => name);

  const begin = async (): Promise<void> => {
    const [there] = await session.query<{ marks: boolean; mirrored: boolean }>(
      "select pg_catalog.to_regclass($1) is not null as marks, pg_catalog.to_regclass($2) is not null as mirrored",
      [marks, mirrored],
    );
    const found = there?.marks
      ? await session.query(`select from ${marks} where run_id = $1 limit 1`, [order.runId])
      : [];
    if (found.length > 0) return;
    await session.execute(
      `drop table if exists ${images}, ${marks}, ${keys};
       create table ${images} (like ${into}, ${deed} "char" not null);
       create table ${marks} (run_id uuid not null, position jsonb, source_identity jsonb, at timestamptz not null default now());
       ${there?.mirrored ? `create table ${keys} as table ${mirrored}` : ""}`,
    );
    await mark();
  };
  const mark = async (): Promise<void> => {
    const { position, identity } = order.remembered;
    await session.query(`insert into ${marks} (run_id, position, source_identity) values ($1, $2::jsonb, $3::jsonb)`, [
      order.runId,
      position && JSON.stringify(position),
      identity && JSON.stringify(identity),
    ]);
  };
  /** A row the run has written before, in another page or attempt, was somebody's only before that. */
  const keep = async (rows: string, as: "u" | "d", stale: string): Promise<number> => {
    const [kept] = await session.query<{ rows: string }>(
      `with met as materialized (select ${idents(columns, "t.")}, t.xmin in (select m.xmin from ${marks} m) as ${own} ${rows} for update of t),
            stale as (${stale}),
            kept as (insert into ${images} (${idents(columns)}, ${deed}) select ${idents(columns)}, '${as}' from met where not ${own})
       select count(*)::text as rows from met`,
    );
    return Number(kept?.rows);
  };

  return {
    keepChanging: async () => {
      await begin();
      if (plan.changing.length === 0) return 0;
      const operators = await keyOperators(session, table, plan.syncKey);
      return keep(
        `from ${stage} s join ${into} t on ${sameKeySql(operators)} where ${differsSql(plan)}`,
        "u",
        `delete from ${images} i using met where not ${own} and ${sameKeySql(operators, "i", "met")}`,
      );
    },
    keepGone: async (where) => {
      await begin();
      return keep(`from ${into} t where ${where}`, "d", "select");
    },
    mark: async () => {
      await begin();
      await mark();
    },
  };
}

/** Between being kept and being changed, a row that somebody else adds can come in; then all of it is done again. */
export function requireKept(kept: number | undefined, changed: number, table: TableName): void {
  if (kept === undefined || kept === changed) return;
  throw ownFault("destination", { code: "table_locked", kind: "temporary" }, tableFacts(table));
}
