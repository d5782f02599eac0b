import type { AnyEndpoint } from "@headgate/contract";
import type { Request } from "express";
import type { z } from "zod";
import { plainSentence } from "./plain-sentence.ts";
import { invalid } from "./refusal.ts";
import { refuseUnstorable } from "./strict-json.ts";

export type Input<E extends AnyEndpoint> = {
  readonly params: z.output<E["params"]>;
  readonly query: z.output<E["query"]>;
  readonly body: z.output<E["body"]>;
};

/** Parses the three parts of a request; every guilty field of all of them is named at once. */
export function parseInput<E extends AnyEndpoint>(endpoint: E, req: Request, rawBody: unknown): Input<E> {
  const raw = { params: { ...req.params }, query: { ...req.query }, body: rawBody };
  refuseUnstorable(raw.params, []);
  refuseUnstorable(raw.query, []);
  const parts = (["params", "query", "body"] as const).map((part) => ({
    part,
    result: endpoint[part].safeParse(raw[part], { error: plainSentence }),
  }));
  const fields = parts.flatMap(({ part, result }) => (result.success ? [] : namedFields(part, result.error.issues)));
  // The first sentence about a field is the most basic one.
  if (fields.length > 0) throw invalid(Object.fromEntries(fields.toReversed()));
  const [params, query, body] = parts.map(({ result }) => result.data);
  return { params, query, body } as Input<E>;
}

function namedFields(part: string, issues: readonly z.core.$ZodIssue[]): [field: string, message: string][] {
  return issues.flatMap((issue): [string, string][] => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [[path.join(".") || part, issue.message]];
    return issue.keys.map((key) => {
      // Not under its own name: who reads the answer into an object would lose it, or worse.
      if (key === "__proto__") return [part, "The field __proto__ is not known."];
      return [[...path, key].join("."), "This field is not known."];
    });
  });
}
