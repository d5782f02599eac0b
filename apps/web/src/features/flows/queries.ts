import {
  createDraft,
  deleteDraft,
  deleteFlow,
  getFlow,
  listDrafts,
  listFlows,
  pauseFlow,
  resumeFlow,
  type Flow,
} from "@headgate/contract";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/api.ts";

/** Schedules start runs by themselves, so what is shown is asked again, in milliseconds. */
const refetchInterval = 10_000;

export const flowQueries = {
  all: ["flows"] as const,
  list: () =>
    queryOptions({
      queryKey: ["flows", "list"],
      queryFn: async ({ signal }) => (await call(listFlows, { signal })).flows,
      refetchInterval,
    }),
  one: (flowId: string) =>
    queryOptions({
      queryKey: ["flows", "one", flowId],
      queryFn: ({ signal }) => call(getFlow, { params: { flowId }, signal }),
      refetchInterval,
    }),
  drafts: () =>
    queryOptions({
      queryKey: ["drafts", "list"],
      queryFn: async ({ signal }) => (await call(listDrafts, { signal })).drafts,
    }),
};

export function useStartDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (practice: boolean) => call(createDraft, { body: { practice } }),
    onSuccess: async (draft) => {
      client.setQueryData(["drafts", "one", draft.id], draft);
      // Practice brings connections along.
      await client.invalidateQueries({ queryKey: ["connections"] });
      await client.invalidateQueries({ queryKey: flowQueries.drafts().queryKey });
    },
  });
}

export function useDeleteDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draftId: string) => call(deleteDraft, { params: { draftId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: flowQueries.drafts().queryKey }),
  });
}

/** Pauses or resumes; the switch is shown at once and taken back when it did not work. */
export function useSetPaused(flowId: string) {
  const client = useQueryClient();
  const { queryKey } = flowQueries.one(flowId);
  return useMutation({
    mutationFn: (paused: boolean) => call(paused ? pauseFlow : resumeFlow, { params: { flowId } }),
    onMutate: async (paused) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<Flow>(queryKey);
      if (before) client.setQueryData(queryKey, { ...before, paused });
      return { before };
    },
    onError: (_error, _paused, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before);
    },
    onSuccess: (flow) => client.setQueryData(queryKey, flow),
    onSettled: () => client.invalidateQueries({ queryKey: flowQueries.all }),
  });
}

export function useDeleteFlow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (flowId: string) => call(deleteFlow, { params: { flowId } }),
    onSuccess: async (_answer, flowId) => {
      client.removeQueries({ queryKey: flowQueries.one(flowId).queryKey });
      await client.invalidateQueries({ queryKey: flowQueries.list().queryKey });
      await client.invalidateQueries({ queryKey: ["connections"] });
    },
  });
}
