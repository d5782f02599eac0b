import { receiptSchema, undoDays, type TableName, type Undo } from "@headgate/contract";
import { z } from "zod";
import { tableIdent } from "../../identifiers.ts";
import type { Session } from "../../session.ts";
import { keyOperators } from "../destination-facts.ts";
import { positionSchema } from "../position.ts";
import { sourceIdentitySchema } from "../source-identity.ts";
import { sameKeySql } from "../stage-sql.ts";
import { deed, undoTables } from "./undo-tables.ts";

/** The run that is to be undone, and where it wrote. */
export type UndoneRun = {
  readonly flowId: string;
  /** The run whose rows go back. */
  readonly undoes: string;
  readonly table: TableName;
  readonly syncKey: readonly string[];
};

const recordSchema = z.object({
  late: z.boolean(),
  position: positionSchema.nullable(),
  identity: sourceIdentitySchema.nullable(),
  /** Of the flow's last run. */
  lastRun: z.string().nullable(),
  receipt: receiptSchema.nullable(),
});

export type UndoFacts = {
  readonly refused: Extract<Undo, { possible: false }>["reason"] | undefined;
  readonly record: z.infer<typeof recordSchema> | undefined;
};

const sameColumns = `
select coalesce((select pg_catalog.array_agg(row(a.attname, a.atttypid, a.atttypmod)::text order by a.attname)
                   from pg_catalog.pg_attribute a where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped)
             = (select pg_catalog.array_agg(row(a.attname, a.atttypid, a.atttypmod)::text order by a.attname)
                  from pg_catalog.pg_attribute a where a.attrelid = pg_catalog.to_regclass($2) and a.attnum > 0 and not a.attisdropped
                   and a.attname <> 'headgate''s deed'), false) as same,
       exists (select from pg_catalog.pg_constraint r
                where r.contype = 'f' and r.confrelid = pg_catalog.to_regclass($1) and (r.confdeltype in ('c', 'n', 'd') or r.confupdtype in ('c', 'n', 'd'))) as linked,
       exists (select from pg_catalog.pg_trigger t where t.tgrelid = pg_catalog.to_regclass($1) and not t.tgisinternal and t.tgenabled <> 'D')
         or exists (select from pg_catalog.pg_rewrite w where w.ev_class = pg_catalog.to_regclass($1)) as triggers`;

/** What the destination knows of the run, and what speaks against undoing it. */
export async function readUndoFacts(session: Session, { flowId, undoes, table }: UndoneRun): Promise<UndoFacts> {
  const { images, marks } = undoTables(flowId);
  const [there] = await session.query<{ marks: boolean }>("select pg_catalog.to_regclass($1) is not null as marks", [
    marks,
  ]);
  if (!there?.marks) return { refused: "not_kept", record: undefined };
  const [row] = await session.query(
    `select at < now() - pg_catalog.make_interval(days => ${undoDays}) as late, m.position, m.source_identity as identity,
            s.run_id::text as "lastRun", s.receipt
       from ${marks} m join headgate.flow_state s on s.flow_id = $2 where m.run_id = $1 order by at limit 1`,
    [undoes, flowId],
  );
  const record = row && recordSchema.parse(row);
  if (!record || record.lastRun !== undoes) return { refused: "newer_run", record };
  if (record.late) return { refused: "too_late", record };
  const [shape] = await session.query<Record<"same" | "linked" | "triggers", boolean>>(sameColumns, [
    tableIdent(table),
    images,
  ]);
  if (!shape?.same) return { refused: "table_changed", record };
  if (shape.triggers) return { refused: "triggers", record };
  return { refused: shape.linked ? "linked" : undefined, record };
}

/** SQL conditions that tell what a run did to rows, and who still holds them. */
export async function undoConditions(session: Session, { flowId, table, syncKey }: UndoneRun) {
  const { images, marks } = undoTables(flowId);
  const keyed = syncKey.length > 0;
  const same = keyed ? sameKeySql(await keyOperators(session, table, syncKey), "t", "i") : "false";
  const ours = `t.xmin in (select m.xmin from ${marks} m)`;
  return {
    same,
    /** Row `t` was added by the run, and nobody changed it since. */
    added: `${ours} and not exists (select from ${images} i where i.${deed} = 'u' and ${same})`,
    /** Image `i` is of row `t`, which the run changed and nobody else since. */
    changed: `i.${deed} = 'u' and ${same} and ${ours}`,
    /** Image `i` is of a row the run deleted, whose key is free but for rows the run added. */
    free: `i.${deed} = 'd' and not exists (select from ${tableIdent(table)} t where ${same} and not (${ours}))`,
  };
}

/** Counts what undoing would do. */
export async function countUndo(session: Session, run: UndoneRun): Promise<Undo> {
  const { refused, record } = await readUndoFacts(session, run);
  if (refused) return { possible: false, reason: refused };
  const { images } = undoTables(run.flowId);
  const { added, changed, free } = await undoConditions(session, run);
  const into = tableIdent(run.table);
  const [row] = await session.query<Record<"removed" | "restored" | "returned" | "kept", string>>(
    `select (select count(*) from ${into} t where ${added})::text as removed,
            (select count(*) from ${into} t join ${images} i on ${changed})::text as restored,
            (select count(*) from ${images} i where ${free})::text as returned,
            (select count(*) from ${images})::text as kept`,
  );
  const [removed, restored, returned] = [Number(row?.removed), Number(row?.restored), Number(row?.returned)];
  const left = leftAlone({ removed, restored, returned }, Number(row?.kept), record?.receipt?.created ?? 0);
  return { possible: true, removed, restored, returned, left };
}

type Done = { readonly removed: number; readonly restored: number; readonly returned: number };

/** Rows of the run that somebody has changed or deleted since. */
export function leftAlone({ removed, restored, returned }: Done, kept: number, created: number): number {
  return kept - restored - returned + Math.max(0, created - removed);
}
