import type { Problem } from "@headgate/contract";

/** The server refused a request and said why. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** The server could not be asked: it is down, restarting, or the network is gone. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super("The server could not be reached.", { cause });
    this.name = "UnreachableError";
  }
}

/** The server answered something this page does not understand, usually because one of them is newer. */
export class AnswerError extends Error {
  constructor(request: string, cause?: unknown) {
    super(`The answer to ${request} could not be read.`, { cause });
    this.name = "AnswerError";
  }
}

/** Whether the person (or a newer request) stopped the request on purpose; nothing to report then. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

export function isProblem(error: unknown, type?: Problem["type"]): error is ProblemError {
  return error instanceof ProblemError && (type === undefined || error.problem.type === type);
}
