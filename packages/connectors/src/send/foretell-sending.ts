import type { DryRun, FlowDefinition } from "@headgate/contract";
import type { PostgresTarget, ReceiverTarget } from "@headgate/core";
import { readBatches } from "../copy-text/read-batches.ts";
import type { RejectedRow, RowBatch } from "../batch-writer.ts";
import { limitsOf, type PostgresContext } from "../postgres/context.ts";
import { copyOut } from "../postgres/move/copy-out.ts";
import { ownFault, runFault } from "../postgres/move/run-failures.ts";
import { takeSnapshot } from "../postgres/move/source-snapshot.ts";
import { openSession } from "../postgres/open-session.ts";
import { relationFacts, relationSql } from "../postgres/relation/relation-sql.ts";
import type { Session } from "../postgres/session.ts";
import { buildSamples } from "./build-samples.ts";
import { selectSql } from "./read-sent.ts";
import { sentColumns } from "./sent-columns.ts";
import { openSentWindow } from "./sent-window.ts";

const sampleRows = 20;

export type SendingPlan = {
  readonly flowId: string;
  readonly definition: FlowDefinition;
  /** Where to; its secrets are not needed and not looked at. */
  readonly target: ReceiverTarget;
};

/**
 * Counts what the first run would send and builds its first rows as they would travel, without sending one. Never
 * throws for what the database answers.
 */
export async function foretellSending(
  plan: SendingPlan,
  source: PostgresTarget,
  context: PostgresContext,
): Promise<DryRun> {
  const started = performance.now();
  const deadline = AbortSignal.timeout(limitsOf(context).dryRunMs);
  const bounded = { ...context, signal: AbortSignal.any([context.signal, deadline]) };
  let session: Session | undefined;
  try {
    session = await openSession(source, bounded);
    const found = await look(plan, session, bounded);
    const others = { updated: 0, unchanged: 0, skipped: 0, deleted: 0 };
    const milliseconds = Math.round(performance.now() - started);
    return { status: "succeeded", ...found, created: found.read, ...others, milliseconds };
  } catch (error) {
    context.signal.throwIfAborted();
    const facts = relationFacts(plan.definition.source);
    const fault = deadline.aborted
      ? ownFault("platform", { code: "too_slow", kind: "settings" }, {})
      : runFault("source", error, { target: source, facts });
    const { origin, code, facts: told, detail } = fault.failure;
    return { status: "failed", failure: { origin, code, facts: told, detail } };
  } finally {
    await session?.stop();
  }
}

async function look({ flowId, definition, target }: SendingPlan, session: Session, context: PostgresContext) {
  const { stream } = await takeSnapshot(session, definition.source, limitsOf(context).lockMs);
  const columns = sentColumns(definition, stream);
  const window = await openSentWindow(session, definition, stream, nothingBegun);
  const where = window.where === undefined ? "" : ` where ${window.where}`;
  const [counted] = await session.query<{ rows: string }>(
    `select count(*)::text as rows from ${relationSql(definition.source)}${where}`,
  );
  const parts = { definition, runId: flowId, stream, columns, window };
  const select = selectSql({ ...parts, ordered: false, after: undefined, ready: undefined });
  const stream20 = copyOut(session, `${select} limit ${sampleRows}`, "(format text, encoding 'UTF8')");
  const batches: RowBatch[] = [];
  for await (const batch of readBatches(stream20 as AsyncIterable<Buffer>, () => "")) batches.push(batch);
  const built = batches.map((batch) => buildSamples({ flowId, definition, target, columns }, batch));
  return {
    read: Number(counted?.rows),
    samples: built.flatMap(({ samples }) => samples),
    unfit: built.flatMap(({ unfit }) => unfit.map(toldRow)),
  };
}

const nothingBegun = {
  position: null,
  reading: null,
  finished: false,
  acknowledged: { batches: 0, position: "", delivered: 0, rejected: 0 },
};

/** As the contract tells of rows that are set aside. */
export function toldRow({ key, column, code, sentence }: RejectedRow) {
  return { key, column: column ?? null, constraint: null, code, sentence };
}
