import { getSession, getSetup } from "@headgate/contract";
import { queryOptions } from "@tanstack/react-query";
import { call } from "./api.ts";

/** The person who is signed in, or null. */
export function sessionQuery() {
  return queryOptions({
    queryKey: ["session"],
    queryFn: async ({ signal }) => {
      const { signedIn } = await call(getSetup, { signal });
      return signedIn ? await call(getSession, { signal }) : null;
    },
    staleTime: 5 * 60_000,
  });
}
