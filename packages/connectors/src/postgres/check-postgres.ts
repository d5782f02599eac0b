import type { CheckEvent, CheckRequest, DatabaseVerdict } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { orStopped } from "../net/or-stopped.ts";
import { classifyFailure } from "./check-failures.ts";
import { limitsOf, type PostgresContext } from "./context.ts";
import { examine } from "./examine-database.ts";
import { nearDatabaseNames } from "./near-databases.ts";
import { openSession } from "./open-session.ts";
import type { Session } from "./session.ts";
import { stageClock, type StageClock } from "./stage-clock.ts";

const mostBytes = 1024 * 1024;

/**
 * Tests a connection stage by stage within 15 s, telling `onEvent` of each and last of the verdict, which it also
 * returns. Never throws for a target that is unreachable or refuses us: that is an answer, not a fault.
 */
export async function checkPostgres(
  target: PostgresTarget,
  context: PostgresContext,
  onEvent: (event: CheckEvent) => void,
  request: CheckRequest = {},
): Promise<DatabaseVerdict> {
  const { checkMs } = limitsOf(context);
  const deadline = AbortSignal.timeout(checkMs);
  const bounded = { ...context, signal: AbortSignal.any([context.signal, deadline]) };
  let ended = false;
  // What is stopped takes a moment to end, at the server too; nobody waits for it, or hears of it.
  const clock = stageClock((event) => void (ended || onEvent(event)));
  let verdict: DatabaseVerdict;
  try {
    verdict = await orStopped(test(target, bounded, clock, request), bounded.signal);
  } catch (error) {
    const stopped = context.signal.aborted ? "stopped" : deadline.aborted ? "too_slow" : undefined;
    const failure = classifyFailure(error, target, { stage: clock.stage(), stopped, limitMs: checkMs });
    clock.fail(failure.stage);
    const near = failure.code === "database_unknown" ? await nearNames(target, bounded) : {};
    verdict = { status: "failed", failure: { ...failure, facts: { ...failure.facts, ...near } } };
  }
  ended = true;
  onEvent({ type: "verdict", verdict });
  return verdict;
}

async function test(
  target: PostgresTarget,
  context: PostgresContext,
  clock: StageClock,
  request: CheckRequest,
): Promise<DatabaseVerdict> {
  const started = performance.now();
  let session: Session | undefined;
  try {
    session = await openSession(target, context, { onStage: clock.onStage, maxBytes: mostBytes });
    const found = await examine(session, target, limitsOf(context), clock, request);
    return { status: "succeeded", kind: "postgres", milliseconds: Math.round(performance.now() - started), ...found };
  } finally {
    await session?.close();
  }
}

async function nearNames(target: PostgresTarget, context: PostgresContext): Promise<Readonly<Record<string, string>>> {
  const found = nearDatabaseNames(target, context);
  const databases = await orStopped(found, context.signal).catch(() => undefined);
  return databases ? { databases } : {};
}
