import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isProblem, UnreachableError } from "./api-errors.ts";
import { setReachable } from "./reachability.ts";

export type QueryClientHooks = {
  /** Called when any request but the question "who is signed in?" finds the session gone. */
  readonly onSignedOut: () => void;
};

/** The one cache of server answers; refusals are never asked again by themselves, an unreachable server twice. */
export function createQueryClient({ onSignedOut }: QueryClientHooks): QueryClient {
  const onError = (error: unknown): void => {
    if (error instanceof UnreachableError) setReachable(false);
    if (isProblem(error, "error:auth/signed-out")) onSignedOut();
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
