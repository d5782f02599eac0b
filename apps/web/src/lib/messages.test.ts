import { checkCodes, checkHints, checkStages, problemTypes, runCodes, type RunFailure } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { AnswerError, ProblemError, UnreachableError } from "./api-errors.ts";
import { checkFailureCopy, errorCopy, errorDetail, runFailureCopy } from "./messages.ts";
import { hintMessages, stageMessages } from "./messages/check-words.ts";
import type { Copy } from "./messages/copy.ts";
import { problemMessages } from "./messages/problems.ts";

/** Why this copy is not fit to be shown; nothing when it is. */
function faultsOf({ title, why, next }: Copy): string[] {
  const faults = [title, why, next].flatMap((sentence) => [
    ...(/^([\p{Lu}“]|db\.example\.com)/u.test(sentence) ? [] : [`small letter: ${sentence}`]),
    ...(/[{}]|undefined| {2}/.test(sentence) ? [`a hole: ${sentence}`] : []),
    ...(/SQLSTATE|\bE[A-Z]{5,}|\b\d{2}[A-Z0-9]{3}\b/.test(sentence) ? [`a code: ${sentence}`] : []),
  ]);
  if (/[.!]$/.test(title)) faults.push(`a full stop: ${title}`);
  for (const sentence of [why, next]) if (!sentence.endsWith(".")) faults.push(`no full stop: ${sentence}`);
  return faults;
}

const facts = {
  host: "db.example.com",
  port: "5432",
  user: "reader",
  database: "shop",
  schema: "sales",
  table: "orders",
  column: "total",
  columns: "id",
  names: "other.example.com",
  issuer: "Some CA",
  expired: "1 May 2026",
  seconds: "10",
  sshUser: "jump",
  fingerprint: "SHA256:new",
  accepted: "SHA256:old",
  authority: "login.example.com",
};

describe("copy for everything that can go wrong", () => {
  it.each(problemTypes)("says what, why and what next for %s", (type) => {
    const problem = { type, title: "", status: 400, requestId: "7c1d" };
    expect(faultsOf(errorCopy(new ProblemError(problem)))).toEqual([]);
    expect(faultsOf(errorCopy(new ProblemError({ ...problem, retryAfterSeconds: 90 })))).toEqual([]);
  });

  it("has no copy for problems that do not exist", () => {
    expect(Object.keys(problemMessages).sort()).toEqual([...problemTypes].sort());
  });

  it.each(checkCodes)("says what, why and what next when a check fails with %s", (code) => {
    expect(faultsOf(checkFailureCopy({ stage: "port", code, facts, detail: "" }))).toEqual([]);
  });

  it.each(checkCodes)("reads well for %s when the other side told nothing", (code) => {
    expect(faultsOf(checkFailureCopy({ stage: "port", code, facts: {}, detail: "" }))).toEqual([]);
  });

  it.each(runCodes)("says what, why and what next when a run fails with %s", (code) => {
    const failure: RunFailure = { origin: "source", kind: "settings", code, facts, detail: "", retryable: false };
    expect(faultsOf(runFailureCopy(failure))).toEqual([]);
    expect(faultsOf(runFailureCopy({ ...failure, origin: "flow", facts: {} }))).toEqual([]);
  });

  it("has words for each stage and each hint of a check", () => {
    expect(Object.keys(stageMessages).sort()).toEqual([...checkStages].sort());
    expect(Object.keys(hintMessages).sort()).toEqual([...checkHints].sort());
  });

  it("has copy for a server that is away, an answer not understood and a fault of the page", () => {
    for (const error of [new UnreachableError(null), new AnswerError("GET /x"), new TypeError("x is undefined")])
      expect(faultsOf(errorCopy(error))).toEqual([]);
  });
});

describe("what goes into a message", () => {
  it("puts names in quotation marks and leaves addresses alone", () => {
    const { title } = checkFailureCopy({ stage: "database", code: "database_unknown", facts, detail: "" });
    expect(title).toBe("There is no database “shop” on this server");
    const { title: port } = checkFailureCopy({ stage: "port", code: "port_closed", facts, detail: "" });
    expect(port).toBe("db.example.com is there, but nothing listens on port 5432");
  });

  it("names the databases that are there when one is not", () => {
    const near = { ...facts, databases: "shop_live, shop_test" };
    const { next } = checkFailureCopy({ stage: "database", code: "database_unknown", facts: near, detail: "" });
    expect(next).toContain("There is: shop_live, shop_test.");
  });

  it("tells how long to wait", () => {
    const problem = { type: "error:auth/too-many-attempts" as const, title: "", status: 429, requestId: "7c1d" };
    expect(errorCopy(new ProblemError({ ...problem, retryAfterSeconds: 120 })).next).toContain("Wait 2 minutes");
  });

  it("hands the request's number to support", () => {
    const problem = { type: "error:server/bug" as const, title: "", status: 500, requestId: "7c1d-42" };
    expect(errorDetail(new ProblemError(problem))).toContain("7c1d-42");
  });
});
