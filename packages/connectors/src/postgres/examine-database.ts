import type { CheckRequest, DatabaseVerdict, Encryption } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { hintsFor } from "./check-hints.ts";
import { checkWriting } from "./check-writing.ts";
import type { Limits } from "./context.ts";
import { readOneTable } from "./read-one-table.ts";
import { serverWords } from "./server-words.ts";
import type { Session } from "./session.ts";
import { beginReading } from "./settled.ts";
import type { StageClock } from "./stage-clock.ts";
import { judgeSurvey, surveyDatabase } from "./survey-database.ts";

type Findings = Omit<Extract<DatabaseVerdict, { status: "succeeded" }>, "status" | "kind" | "milliseconds">;

/** The stages that need a session: what this login sees, reads and, where that is asked for, may write. */
export async function examine(
  session: Session,
  target: PostgresTarget,
  { statementMs, lockMs }: Limits,
  { onStage }: StageClock,
  request: CheckRequest,
): Promise<Findings> {
  onStage("schema", "running");
  await session.execute(beginReading(statementMs, lockMs));
  const latencyMs = await measureLatency(session);
  const survey = await surveyDatabase(session);
  const wanted = judgeSurvey(survey, request);
  onStage("schema", "passed", survey.total === 1 ? "1 table" : `${survey.total} tables`);

  onStage("table", "running");
  const { note, hidden } = await readOneTable(session, wanted, request);
  onStage("table", "passed", note);

  if (request.as === "destination") {
    onStage("write", "running");
    onStage("write", "passed", await checkWriting(session, survey, request));
  }
  await session.execute("commit");
  return {
    serverVersion: serverWords(survey.version),
    tableCount: survey.readable,
    latencyMs,
    encryption: shown(session.encryption),
    // An application's token is no password of the role, and other ways in ask for none.
    ...(session.passwordAsked && !target.entra && survey.password_expires !== null
      ? { passwordExpires: survey.password_expires }
      : {}),
    hints: hintsFor(session, { ...survey, hidden: hidden ?? survey.hidden > 0 }, request),
  };
}

/** The shortest of three, in milliseconds with one digit: the others had to wait for something else. */
async function measureLatency(session: Session): Promise<number> {
  const times: number[] = [];
  for (const _ of [1, 2, 3]) {
    const began = performance.now();
    await session.execute("select 1");
    times.push(performance.now() - began);
  }
  return Math.round(Math.min(...times) * 10) / 10;
}

/** Names on a certificate are whatever its maker wrote. */
function shown({ encrypted, verified, ...texts }: Encryption): Encryption {
  const words = Object.entries(texts).map(([name, text]) => [name, serverWords(text ?? "")]);
  return { encrypted, verified, ...Object.fromEntries(words) };
}
