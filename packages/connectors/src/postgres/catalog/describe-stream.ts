import type { getStream, TableName } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import type { z } from "zod";
import type { PostgresContext } from "../context.ts";
import { readVerdict } from "../read-verdict.ts";
import { requireStream } from "./find-stream.ts";

export type StreamVerdict = z.infer<(typeof getStream)["response"]>;

/** One table or view: columns, types, keys and what this login may do with it. */
export function describeStream(
  target: PostgresTarget,
  table: TableName,
  context: PostgresContext,
): Promise<StreamVerdict> {
  return readVerdict<StreamVerdict>(target, context, "table", async (session) => ({
    status: "succeeded",
    stream: await requireStream(session, table),
  }));
}
