import { ProblemError } from "../../../lib/api-errors.ts";

/** Waits for an answer; a refusal comes out with its fields named as a form that groups them does. */
export async function inGroup<T>(group: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.fields) throw error;
    const fields = Object.entries(error.problem.fields).map(([field, message]) => [`${group}.${field}`, message]);
    throw new ProblemError({ ...error.problem, fields: Object.fromEntries(fields) as Record<string, string> });
  }
}
