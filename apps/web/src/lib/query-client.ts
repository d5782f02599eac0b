import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { UnreachableError } from "./api-errors.ts";
import { setReachable } from "./reachability.ts";

/** The one cache of server answers; refusals are never asked again by themselves, an unreachable server twice. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown): void => {
    if (error instanceof UnreachableError) setReachable(false);
  };
  const onSuccess = (): void => setReachable(true);
  return new QueryClient({
    queryCache: new QueryCache({ onError, onSuccess }),
    mutationCache: new MutationCache({ onError, onSuccess }),
    defaultOptions: {
      queries: {
        // The product often runs on this very machine: "offline" says nothing about it.
        networkMode: "always",
        staleTime: 5_000,
        retry: (failures, error) => error instanceof UnreachableError && failures < 2,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
