import type { CheckFailure, Draft, Stream, TableName } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import { connectionQueries } from "../connections/queries.ts";
import { sourceStream } from "./source-query.ts";

export type Tables =
  | { readonly status: "reading" }
  | {
      readonly status: "failed";
      readonly connectionId: string;
      /** Why the database refused; undefined when Headgate itself could not be asked. */
      readonly failure: CheckFailure | undefined;
      readonly error: unknown;
      readonly lookAgain: () => void;
    }
  | { readonly status: "known"; readonly source: Stream; readonly destination: Stream | null };

/** The source table and, unless it is still to be created, the destination table of a draft. */
export function useTables(draft: Draft): Tables {
  const { credentials, destination } = draft.steps;
  // Only a table that is already there can be looked at.
  const creates = destination?.target === "create" || (destination?.kind ?? "postgres") !== "postgres";
  const source = useQuery(sourceStream(draft));
  const target = useQuery({
    ...connectionQueries.table(destination?.connectionId ?? "", nameOf(destination)),
    enabled: !creates,
  });
  for (const [query, connectionId] of [
    [source, credentials?.connectionId],
    [target, destination?.connectionId],
  ] as const) {
    const failure = query.data?.status === "failed" ? query.data.failure : undefined;
    if (query.isError || failure) {
      const lookAgain = (): void => void query.refetch();
      return { status: "failed", connectionId: connectionId ?? "", failure, error: query.error, lookAgain };
    }
  }
  if (source.data?.status !== "succeeded") return { status: "reading" };
  if (creates) return { status: "known", source: source.data.stream, destination: null };
  if (target.data?.status !== "succeeded") return { status: "reading" };
  return { status: "known", source: source.data.stream, destination: target.data.stream };
}

function nameOf(table: { schema?: string | undefined; name?: string | undefined } | undefined): TableName {
  return { schema: table?.schema ?? "", name: table?.name ?? "" };
}
