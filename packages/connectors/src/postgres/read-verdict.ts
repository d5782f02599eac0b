import type { CheckFailure, CheckStage } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { classifyFailure } from "./check-failures.ts";
import { limitsOf, type PostgresContext } from "./context.ts";
import { openSession } from "./open-session.ts";
import type { Session } from "./session.ts";
import { beginReading } from "./settled.ts";

export type Failed = { readonly status: "failed"; readonly failure: CheckFailure };

/** A catalog of 10,000 tables is about 3 MB; a server that sends more than this is not answering our question. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Runs catalog reads in one read-only transaction of a session of its own. What goes wrong at the target is an
 * answer, never an exception; `stage` says what was being asked.
 */
export async function readVerdict<T>(
  target: PostgresTarget,
  context: PostgresContext,
  stage: CheckStage,
  read: (session: Session) => Promise<T>,
  begin?: (session: Session) => Promise<void>,
): Promise<T | Failed> {
  const { statementMs, lockMs } = limitsOf(context);
  let session: Session | undefined;
  try {
    session = await openSession(target, context, { maxBytes: mostBytes });
    if (begin) await begin(session);
    else await session.execute(beginReading(statementMs, lockMs));
    const answer = await read(session);
    await session.execute("commit");
    return answer;
  } catch (error) {
    const stopped = context.signal.aborted ? "stopped" : undefined;
    return { status: "failed", failure: classifyFailure(error, target, { stage, stopped, limitMs: statementMs }) };
  } finally {
    await session?.close();
  }
}
