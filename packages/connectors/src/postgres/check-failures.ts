import type { CheckCode, CheckFailure, CheckStage } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { unwrapError } from "../net/telling-error.ts";
import { judgeError, type Found } from "./judge-error.ts";
import { secretsIn } from "./secrets-in.ts";
import { serverWords } from "./server-words.ts";
import { SessionFault, StageFault } from "./session-fault.ts";

export type FailureContext = {
  readonly stage: CheckStage;
  /** Not the target ended it but a person, or our own time limit. */
  readonly stopped: "stopped" | "too_slow" | undefined;
  /** What the time limit was. */
  readonly limitMs?: number;
};

/** Turns whatever went wrong into a verdict; facts are names and numbers, the detail is the other side's words. */
export function classifyFailure(error: unknown, target: PostgresTarget, context: FailureContext): CheckFailure {
  const stage = error instanceof StageFault || error instanceof SessionFault ? error.stage : context.stage;
  const cause = rootCause(error);
  const { database, user } = target;
  const found = context.stopped ? { code: context.stopped } : forEntra(target, judgeError(cause, stage));
  const { host, port } = (isOnTheWay(stage) && target.tunnel) || target;
  const secrets = secretsIn(target);
  const facts = {
    host,
    port: String(port),
    ...(target.tunnel && { sshHost: target.tunnel.host, sshUser: target.tunnel.user }),
    database,
    user,
    ...(error instanceof StageFault ? error.facts : {}),
    ...(context.limitMs === undefined ? {} : { seconds: String(Math.round(context.limitMs / 1000)) }),
    ...("facts" in found ? found.facts : {}),
  };
  return {
    stage: homeOf(found.code, stage),
    code: found.code,
    facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, serverWords(value, secrets)])),
    detail: context.stopped ? "" : serverWords(cause instanceof Error ? cause.message : "", secrets),
  };
}

/** With a tunnel, these stages are about the SSH server and not about the database. */
function isOnTheWay(stage: CheckStage): boolean {
  return stage === "name" || stage === "route" || stage === "port" || stage === "tunnel";
}

/** With a token there is no password that could be wrong: the server does not tie this user to the application. */
function forEntra({ entra }: PostgresTarget, found: Found): Found {
  const aboutTheUser = found.code === "password_wrong" || found.code === "login_not_allowed";
  return entra && aboutTheUser ? { ...found, code: "entra_user_unknown" } : found;
}

const aboutTheWay: readonly CheckCode[] = ["network_unreachable", "ipv6_only"];
const aboutTheDatabase: readonly CheckCode[] = ["database_unknown", "database_closed", "database_forbidden"];

/** Some answers belong to another question than the one that was asked when they came. */
function homeOf(code: CheckCode, stage: CheckStage): CheckStage {
  if (stage === "port" && aboutTheWay.includes(code)) return "route";
  return aboutTheDatabase.includes(code) ? "database" : stage;
}

function rootCause(error: unknown): unknown {
  return error instanceof StageFault ? rootCause(error.cause) : unwrapError(error);
}
