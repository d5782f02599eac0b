import { exportConnection, type PostgresConnection, type ExportFormat } from "@headgate/contract";
import { queryOptions } from "@tanstack/react-query";
import { call } from "../../../lib/api.ts";

/** A saved connection as another system writes it; a changed connection is written anew. */
export function exportQuery({ id, revision, name }: PostgresConnection, format: ExportFormat) {
  return queryOptions({
    queryKey: ["connections", "one", id, "export", format, revision, name],
    queryFn: ({ signal }) => call(exportConnection, { params: { connectionId: id }, query: { format }, signal }),
    staleTime: 60_000,
  });
}
