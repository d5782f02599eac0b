import {
  acceptHostKey,
  createTunnel,
  deleteTunnel,
  listTunnels,
  readHostKey,
  updateTunnel,
  type Tunnel,
  type TunnelAnswers,
} from "@headgate/contract";
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { call } from "../../../lib/api.ts";
import { connectionQueries } from "../queries.ts";

const all = ["tunnels"] as const;

export const tunnelQueries = {
  list: () =>
    queryOptions({
      queryKey: [...all, "list"],
      queryFn: async ({ signal }) => (await call(listTunnels, { signal })).tunnels,
    }),
  /** Asks the SSH server itself: only when somebody looks, and anew each time. */
  hostKey: ({ id, host, port }: Pick<Tunnel, "id" | "host" | "port">) =>
    queryOptions({
      queryKey: [...all, "host-key", id, host, port],
      queryFn: ({ signal }) => call(readHostKey, { params: { tunnelId: id }, signal }),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnWindowFocus: false,
      retry: false,
    }),
};

export function useSaveTunnel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ saved, answers }: { saved: Tunnel | undefined; answers: TunnelAnswers }) =>
      saved
        ? call(updateTunnel, { params: { tunnelId: saved.id }, body: { ...answers, revision: saved.revision } })
        : call(createTunnel, { body: answers }),
    onSuccess: (tunnel) => remember(client, tunnel),
  });
}

export function useAcceptHostKey(tunnelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { fingerprint: string; password?: string }) =>
      call(acceptHostKey, { params: { tunnelId }, body }),
    onSuccess: (tunnel) => remember(client, tunnel),
  });
}

export function useDeleteTunnel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tunnelId: string) => call(deleteTunnel, { params: { tunnelId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: tunnelQueries.list().queryKey }),
  });
}

/** Shows the tunnel as it is now at once; what uses it has to be tested again, which connections tell of themselves. */
function remember(client: QueryClient, tunnel: Tunnel): void {
  client.setQueryData(tunnelQueries.list().queryKey, (before) =>
    before?.some(({ id }) => id === tunnel.id)
      ? before.map((one) => (one.id === tunnel.id ? tunnel : one))
      : [tunnel, ...(before ?? [])],
  );
  void client.invalidateQueries({ queryKey: tunnelQueries.list().queryKey });
  void client.invalidateQueries({ queryKey: connectionQueries.all });
}
