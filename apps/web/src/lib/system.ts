import { getSystem } from "@headgate/contract";
import { queryOptions } from "@tanstack/react-query";
import { call } from "./api.ts";

/** Facts about this installation; they change only when Headgate is restarted. */
export function systemQuery() {
  return queryOptions({
    queryKey: ["system"],
    queryFn: ({ signal }) => call(getSystem, { signal }),
    staleTime: 5 * 60_000,
  });
}
