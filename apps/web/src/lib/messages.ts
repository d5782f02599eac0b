import type { CheckFailure, RunFailure } from "@headgate/contract";
import { AnswerError, ProblemError, UnreachableError } from "./api-errors.ts";
import { fillCopy, type Copy } from "./messages/copy.ts";
import { variantOf } from "./messages/check-variants.ts";
import { deliveryCopy } from "./messages/delivery-codes.ts";
import { checkMessages } from "./messages/check-codes.ts";
import { problemMessages } from "./messages/problems.ts";
import { runMessages } from "./messages/run-codes.ts";
import { schemaChangeCopy } from "./messages/schema-changes.ts";
import { formatDuration } from "./format/numbers.ts";

/** What a failed connection check means; `facts` should also hold what was typed (host, port, database, user). */
export function checkFailureCopy(failure: CheckFailure, typed: Readonly<Record<string, string>> = {}): Copy {
  const { ourAddress = "", ...told } = failure.facts;
  // On this machine itself nobody has to be let in by address.
  const facts = { ...typed, ...told, ...(/^(127\.|::1$)/.test(ourAddress) ? {} : { ourAddress }) };
  const copy = fillCopy({ ...checkMessages[failure.code], ...variantOf(failure, facts) }, facts);
  const near = failure.code === "database_unknown" ? failure.facts.databases : undefined;
  return near ? { ...copy, next: `${copy.next} There is: ${near}.` } : copy;
}

export function runFailureCopy(failure: RunFailure): Copy {
  const side = failure.origin === "source" || failure.origin === "destination" ? failure.origin : "database";
  return fillCopy(schemaChangeCopy(failure) ?? deliveryCopy(failure) ?? runMessages[failure.code], {
    side,
    when: "around",
    ...failure.facts,
  });
}

/** Words for anything a request can throw. */
export function errorCopy(error: unknown): Copy {
  if (error instanceof ProblemError) {
    const { type, retryAfterSeconds } = error.problem;
    const wait = retryAfterSeconds === undefined ? "a little" : formatDuration(retryAfterSeconds * 1000);
    return fillCopy(problemMessages[type], { wait });
  }
  if (error instanceof UnreachableError) return unreachable;
  if (error instanceof AnswerError) return notUnderstood;
  return pageBug;
}

/** What to hand to support: the request's number or the error's own words; undefined where that adds nothing. */
export function errorDetail(error: unknown): string | undefined {
  if (error instanceof ProblemError) {
    const { type, status, detail, requestId } = error.problem;
    return [`${type} (${status})`, detail, `Request ${requestId}`].filter(Boolean).join("\n");
  }
  if (error instanceof UnreachableError) return undefined;
  return error instanceof Error ? `${error.name}: ${error.message}` : undefined;
}

const unreachable: Copy = {
  title: "Headgate does not answer",
  why: "The server is restarting, or the network between it and this page is gone.",
  next: "Nothing you typed is lost. We keep trying; you can also try again yourself.",
};

const notUnderstood: Copy = {
  title: "This page and the server do not understand each other",
  why: "Most likely Headgate was updated while this page was open.",
  next: "Reload the page. What was saved is still there.",
};

const pageBug: Copy = {
  title: "Something went wrong on this page",
  why: "This is a fault in Headgate, not in what you did.",
  next: "Reload the page. If it happens again, tell whoever runs Headgate.",
};
