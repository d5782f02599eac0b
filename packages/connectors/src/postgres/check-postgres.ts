import type { CheckEvent, CheckVerdict, Encryption } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { classifyFailure, type FailureContext } from "./check-failures.ts";
import { limitsOf, type PostgresContext } from "./context.ts";
import { hintsFor } from "./check-hints.ts";
import { nearDatabaseNames } from "./near-databases.ts";
import { readOneTable, surveyDatabase, type Survey } from "./survey-database.ts";
import { openSession } from "./open-session.ts";
import type { Session } from "./session.ts";
import { serverWords } from "./server-words.ts";
import { beginReading } from "./settled.ts";
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
): Promise<CheckVerdict> {
  const started = performance.now();
  const clock = stageClock(onEvent);
  const { checkMs } = limitsOf(context);
  const deadline = AbortSignal.timeout(checkMs);
  const bounded = { ...context, signal: AbortSignal.any([context.signal, deadline]) };
  let session: Session | undefined;
  let verdict: CheckVerdict;
  try {
    session = await openSession(target, bounded, { onStage: clock.onStage, maxBytes: mostBytes });
    const survey = await look(session, bounded, clock);
    verdict = {
      status: "succeeded",
      serverVersion: survey.version,
      tableCount: survey.readable,
      milliseconds: Math.round(performance.now() - started),
      encryption: shown(session.encryption),
      // An application's token is no password of the role, and other ways in ask for none.
      ...(session.passwordAsked && !target.entra && survey.password_expires !== null
        ? { passwordExpires: survey.password_expires }
        : {}),
      hints: hintsFor(session, survey),
    };
  } catch (error) {
    const stopped = context.signal.aborted ? "stopped" : deadline.aborted ? "too_slow" : undefined;
    verdict = await failed(error, { stage: clock.stage(), stopped, limitMs: checkMs }, target, bounded);
    clock.fail();
  } finally {
    await session?.close();
  }
  onEvent({ type: "verdict", verdict });
  return verdict;
}

/** Names on a certificate are whatever its maker wrote. */
function shown({ encrypted, verified, ...texts }: Encryption): Encryption {
  const words = Object.entries(texts).map(([name, text]) => [name, serverWords(text ?? "")]);
  return { encrypted, verified, ...Object.fromEntries(words) };
}

async function look(session: Session, context: PostgresContext, clock: StageClock): Promise<Survey> {
  const { statementMs, lockMs } = limitsOf(context);
  clock.onStage("schema", "running");
  await session.execute(beginReading(statementMs, lockMs));
  const survey = await surveyDatabase(session);
  clock.onStage("schema", "passed", survey.total === 1 ? "1 table" : `${survey.total} tables`);
  clock.onStage("table", "running");
  clock.onStage("table", "passed", await readOneTable(session, survey));
  await session.execute("commit");
  return survey;
}

async function failed(
  error: unknown,
  how: FailureContext,
  target: PostgresTarget,
  context: PostgresContext,
): Promise<CheckVerdict> {
  const failure = classifyFailure(error, target, how);
  if (failure.code !== "database_unknown") return { status: "failed", failure };
  const databases = await nearDatabaseNames(target, context);
  return { status: "failed", failure: { ...failure, facts: { ...failure.facts, ...(databases && { databases }) } } };
}
