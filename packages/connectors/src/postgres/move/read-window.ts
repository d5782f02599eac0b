import { createHash } from "node:crypto";
import type { Stream, TableName } from "@headgate/contract";
import { changesOf, marksChanges, writeModeRules } from "@headgate/core";
import { tableFacts } from "../catalog/find-stream.ts";
import { relationSql } from "../relation/relation-sql.ts";
import type { Session } from "../session.ts";
import type { MovePlan } from "./column-plan.ts";
import type { ReadWindow, Remembered } from "./position.ts";
import { ownFault } from "./run-failures.ts";
import { differsInTimelineOnly, isSameSource, readIdentity } from "./source-identity.ts";
import { isKeyed, markOf, type Asked, type Found, type WindowOptions } from "./windows/asked.ts";
import { compareWindow } from "./windows/compare-window.ts";
import { cursorWindow } from "./windows/cursor-window.ts";
import { markWindow, settledByAll } from "./windows/mark-window.ts";
import { retryWindow } from "./windows/retry-window.ts";
import { isTellable, readTransactions, xminCondition } from "./xmin-window.ts";

/**
 * Chooses the rows of this run, inside the snapshot that reads them. Throws `RunHeld` where reading again would repeat
 * rows and a person has to say so.
 */
export async function openWindow(
  session: Session,
  plan: MovePlan,
  stream: Stream,
  remembered: Remembered,
  options: WindowOptions = {},
): Promise<ReadWindow> {
  const identity = await readIdentity(session, stream);
  const question = questionOf(plan);
  const sourceChanged = remembered.identity !== null && !isSameSource(remembered.identity, identity);
  const past = {
    sourceChanged,
    onlyTimeline: sourceChanged && remembered.identity !== null && differsInTimelineOnly(remembered.identity, identity),
    questionChanged: remembered.position !== null && remembered.position.question !== question,
  };
  const from = relationSql(plan.source);
  const found = await findRows({ ...options, session, plan, stream, from, remembered, past, question });
  return { from: undefined, load: undefined, waitingSince: undefined, missing: [], ...found, identity, past };
}

function findRows(asked: Asked): Promise<Found> {
  if (asked.retry) return retryWindow(asked, asked.retry);
  const changes = changesOf(asked.plan, asked.stream.kind);
  switch (changes?.by) {
    case "xmin":
      return markWindow(asked, changes);
    case "cursor":
      return cursorWindow(asked, changes);
    case "compare":
      return compareWindow(asked);
    case undefined:
      return allRows(asked);
  }
}

async function allRows(asked: Asked): Promise<Found> {
  const { session, plan, stream, from, question } = asked;
  const mayGoOn = !isKeyed(asked) && !writeModeRules[plan.writeMode].readsAll && marksChanges(stream.kind);
  const settled = mayGoOn ? await settledByAll(session, from) : undefined;
  return { where: undefined, position: { kind: "all", ...(settled && { settled }), question, ...markOf(asked) } };
}

/** The condition on rows that were settled when a load began. Throws where that can no longer be told. */
export async function settledCondition(session: Session, settled: string, table: TableName): Promise<string> {
  const now = await readTransactions(session);
  if (isTellable(settled, now)) return xminCondition({ from: undefined, to: settled }, now);
  throw ownFault("source", { code: "source_changed", kind: "settings" }, tableFacts(table));
}

/**
 * With other columns or another destination, rows read before have to be read again; append goes on where it is. How
 * changes are found is no part of it.
 */
function questionOf({ source, destination, fields, syncKey, writeMode }: MovePlan): string {
  const keyed = writeModeRules[writeMode].needsSyncKey;
  const relation = "table" in source ? source.table : source.query;
  const asked = [relation, destination.table, writeMode, syncKey, keyed ? fields : []];
  return createHash("sha256").update(JSON.stringify(asked)).digest("base64url");
}
