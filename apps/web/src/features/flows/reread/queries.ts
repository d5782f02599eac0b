import { rereadFlow, takeBackReread, type Flow, type Reread } from "@headgate/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../../lib/api.ts";
import { flowQueries } from "../queries.ts";

export type RereadWish = { readonly from: Reread["from"]; readonly word?: string };

export function useReread(flowId: string) {
  return useWish((wish: RereadWish) => call(rereadFlow, { params: { flowId }, body: wish }));
}

export function useTakeBackReread(flowId: string) {
  return useWish(() => call(takeBackReread, { params: { flowId } }));
}

function useWish<Wish>(mutationFn: (wish: Wish) => Promise<Flow>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (flow) => {
      client.setQueryData(flowQueries.one(flow.id).queryKey, flow);
    },
  });
}
