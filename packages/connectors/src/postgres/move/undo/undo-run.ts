import type { Progress, Receipt, Undo } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { tableFacts } from "../../catalog/find-stream.ts";
import { limitsOf, type PostgresContext } from "../../context.ts";
import { ident, idents, tableIdent } from "../../identifiers.ts";
import { openSession } from "../../open-session.ts";
import type { Session } from "../../session.ts";
import { beginDestination } from "../../settled.ts";
import { claimFlow } from "../claim-flow.ts";
import { commitPage } from "../commit.ts";
import { saveState, lockState, type Claim } from "../flow-state.ts";
import type { Moved } from "../move-rows.ts";
import type { Position } from "../position.ts";
import { ownFault, runFault } from "../run-failures.ts";
import { leftAlone, countUndo, readUndoFacts, undoConditions, type UndoFacts, type UndoneRun } from "./undo-facts.ts";
import { deed, undoTables } from "./undo-tables.ts";

export type UndoOrder = Claim &
  UndoneRun & {
    readonly destination: PostgresTarget;
    readonly ctx: PostgresContext;
    readonly onProgress: (progress: Progress) => void;
  };

/**
 * Takes the rows of a flow's last run back, in one transaction: removes what it added, puts back what it changed and
 * deleted. Rows that somebody has changed since stay. The flow stands then where it stood before that run.
 */
export async function undoRun(order: UndoOrder): Promise<Moved> {
  return at(order.destination, order, order.ctx, async (session) => {
    const state = await claimFlow(session, order);
    if (state.runId === order.runId && state.receipt) return { receipt: state.receipt, alreadyApplied: true };
    await session.execute(beginDestination(limitsOf(order.ctx).lockMs));
    await lockState(session, order, state.seq);
    order.onProgress({ stage: "merging", rowsRead: 0, bytes: 0, rowsEstimated: null });
    const facts = await readUndoFacts(session, order);
    if (facts.refused) throw refusal(order, facts.refused);
    const receipt = await takeBack(session, order, facts);
    const position = withoutKeys(facts.record?.position ?? null);
    const identity = facts.record?.identity ?? null;
    const seq = await saveState(session, order, state.seq, { position, identity, receipt, written: 0 });
    await commitPage(session, order, seq, { target: order.destination, context: order.ctx });
    return { receipt, alreadyApplied: false };
  });
}

/** Counts what undoing a run would do, and writes nothing. Throws a `RunFault`. */
export async function lookAtUndo(run: UndoneRun, target: PostgresTarget, context: PostgresContext): Promise<Undo> {
  return at(target, run, context, async (session) => {
    const begin = "begin isolation level repeatable read read only; set local statement_timeout =";
    await session.execute(`${begin} ${limitsOf(context).dryRunMs}`);
    return countUndo(session, run);
  });
}

async function at<T>(
  target: PostgresTarget,
  { table }: UndoneRun,
  context: PostgresContext,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  let session: Session | undefined;
  try {
    session = await openSession(target, context);
    const done = await work(session);
    await session.close();
    return done;
  } catch (error) {
    await session?.stop();
    context.signal.throwIfAborted();
    throw runFault("destination", error, { target, facts: tableFacts(table) });
  }
}

function refusal({ table }: UndoneRun, reason: NonNullable<UndoFacts["refused"]>): Error {
  return ownFault("destination", { code: "undo_impossible", kind: "settings" }, { ...tableFacts(table), reason });
}

/** What is known of a mirror's list is forgotten, so that its next run compares all rows. */
function withoutKeys(position: Position | null): Position | null {
  return position?.kind === "all" ? { ...position, keys: undefined } : position;
}

async function takeBack(session: Session, order: UndoOrder, { record }: UndoFacts): Promise<Receipt> {
  const { images, marks, keys } = undoTables(order.flowId);
  const { same, added, changed, free } = await undoConditions(session, order);
  const into = tableIdent(order.table);
  const columns = await session.query<{ name: string; set: boolean }>(
    `select a.attname::text as name, a.attidentity <> 'a' as set from pg_catalog.pg_attribute a
      where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''`,
    [into],
  );
  const all = columns.map(({ name }) => name);
  const set = columns.filter((column) => column.set).map(({ name }) => `${ident(name)} = i.${ident(name)}`);
  const [held] = await session.query<{ kept: string }>(`select count(*)::text as kept from ${images}`);
  await session.execute(`create temp table headgate_back on commit drop as select i.* from ${images} i where ${free}`);
  const removed = await rows(session, `delete from ${into} t where ${added}`);
  const restored = await rows(session, `update ${into} t set ${set.join(", ")} from ${images} i where ${changed}`);
  const returned = await rows(
    session,
    `insert into ${into} (${idents(all)}) overriding system value select ${idents(all)} from pg_temp.headgate_back
     on conflict do nothing`,
  );
  if (same !== "false") await restoreKeys(session, order, record?.position === null, same);
  await session.execute(`drop table if exists ${images}, ${marks}, ${keys}`);
  const left = leftAlone({ removed, restored, returned }, Number(held?.kept), record?.receipt?.created ?? 0);
  const read = restored + returned + left;
  const none = { unchanged: 0, invalid: 0, rejected: 0, bytes: 0 };
  return { ...none, read, created: returned, updated: restored, skipped: left, deleted: removed };
}

async function rows(session: Session, statement: string): Promise<number> {
  const { rowCount } = await session.client.query(statement);
  return rowCount ?? 0;
}

/** The mirror may delete again exactly what it could before the run, but for rows somebody else has put there since. */
async function restoreKeys(
  session: Session,
  { flowId, syncKey }: UndoOrder,
  first: boolean,
  same: string,
): Promise<void> {
  const { images, keys, mirrored } = undoTables(flowId);
  if (first) return session.execute(`drop table if exists ${mirrored}`);
  const [there] = await session.query<{ keys: boolean }>("select pg_catalog.to_regclass($1) is not null as keys", [
    keys,
  ]);
  if (!there?.keys) return;
  const key = idents(syncKey);
  await session.execute(
    `delete from ${mirrored};
     insert into ${mirrored} (${key}) select ${key} from ${keys} t where not exists (
       select from ${images} i where i.${deed} = 'd' and ${same}
          and not exists (select from pg_temp.headgate_back b where row(${idents(syncKey, "b.")})::record operator(pg_catalog.*=) row(${idents(syncKey, "i.")})::record))`,
  );
}
