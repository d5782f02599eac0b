import { checkGrants, type GrantRequest } from "@headgate/contract";
import { queryOptions } from "@tanstack/react-query";
import { call } from "../../../lib/api.ts";
import { connectionQueries } from "../queries.ts";

/** Rights change at the database, behind our back: every look asks anew, and what was read stands until then. */
export function grantsQuery(connectionId: string, request: GrantRequest) {
  return queryOptions({
    queryKey: [...connectionQueries.one(connectionId).queryKey, "grants", request],
    queryFn: ({ signal }) => call(checkGrants, { params: { connectionId }, body: request, signal }),
    staleTime: 0,
  });
}
