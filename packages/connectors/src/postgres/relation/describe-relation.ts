import type { PostgresTarget, Relation } from "@headgate/core";
import { describeStream, type StreamVerdict } from "../catalog/describe-stream.ts";
import type { PostgresContext } from "../context.ts";
import { describeQueryAt } from "./preview-query.ts";

/** A table, view or query with its columns and what this login may do with it. */
export function describeRelation(
  target: PostgresTarget,
  relation: Relation,
  context: PostgresContext,
): Promise<StreamVerdict> {
  if ("table" in relation) return describeStream(target, relation.table, context);
  return describeQueryAt(target, relation.query, context);
}
