import type { CheckFailure, Draft, SourceQuery, Stream, TypedSteps } from "@headgate/contract";
import { queryOptions } from "@tanstack/react-query";
import { connectionQueries } from "../connections/queries.ts";

type Described = { status: "succeeded"; stream: Stream } | { status: "failed"; failure: CheckFailure };

/** What a draft reads, described by the database itself: a table or view, or a query. */
export function sourceStream({ steps: { credentials, table } }: Draft) {
  const connectionId = credentials?.connectionId ?? "";
  const query = writtenQuery(table);
  if (!query) {
    const named = connectionQueries.table(connectionId, { schema: table?.schema ?? "", name: table?.name ?? "" });
    return queryOptions<Described>({ ...(named as object), queryKey: named.queryKey as readonly unknown[] });
  }
  const written = connectionQueries.query(connectionId, query);
  return queryOptions<Described>({ ...(written as object), queryKey: written.queryKey as readonly unknown[] });
}

/** The query of step 3, where one was written. */
export function writtenQuery(table: TypedSteps["table"]): SourceQuery | undefined {
  if (table?.from !== "query" || !table.query) return undefined;
  const { name = "", sql = "", searchPath = [] } = table.query;
  return { name, sql, searchPath };
}

/** What the source of a draft is called. */
export function sourceName(table: TypedSteps["table"]): string {
  return writtenQuery(table)?.name ?? table?.name ?? "";
}
