import {
  cancelRun,
  confirmRun,
  getRun,
  listRejectedRows,
  listRuns,
  retryRejectedRows,
  lookAtUndo,
  runFlow,
  undoRun,
  type PlaceChoice,
} from "@headgate/contract";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/api.ts";

export const runQueries = {
  all: ["runs"] as const,
  one: (runId: string) =>
    queryOptions({
      queryKey: ["runs", "one", runId],
      queryFn: ({ signal }) => call(getRun, { params: { runId }, signal }),
    }),
  rejected: (runId: string) =>
    queryOptions({
      queryKey: ["runs", "rejected", runId],
      queryFn: ({ signal }) => call(listRejectedRows, { params: { runId }, signal }),
    }),
  undo: (runId: string) =>
    queryOptions({
      queryKey: ["runs", "undo", runId],
      queryFn: ({ signal }) => call(lookAtUndo, { params: { runId }, signal }),
      staleTime: 0,
    }),
  ofFlow: (flowId: string) =>
    queryOptions({
      queryKey: ["runs", "of-flow", flowId],
      queryFn: async ({ signal }) => (await call(listRuns, { params: { flowId }, query: { limit: 30 }, signal })).runs,
    }),
};

/** Asks a run to stop; the answer says that it was asked, the end comes with the run itself. */
export function useCancelRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (runId: string) => call(cancelRun, { params: { runId } }),
    onSuccess: (run) => client.setQueryData(runQueries.one(run.id).queryKey, run),
  });
}

/** Starts a run now; the flow and its lists are asked again, as they show it. */
export function useRunFlow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (flowId: string) => call(runFlow, { params: { flowId } }),
    onSuccess: async (run) => {
      client.setQueryData(runQueries.one(run.id).queryKey, run);
      await Promise.all([
        client.invalidateQueries({ queryKey: ["flows"] }),
        client.invalidateQueries({ queryKey: ["runs", "of-flow"] }),
      ]);
    },
  });
}

/** Tries the rows again that a run set aside; another run starts. */
export function useRetryRejected() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (runId: string) => call(retryRejectedRows, { params: { runId } }),
    onSuccess: (run) => {
      client.setQueryData(runQueries.one(run.id).queryKey, run);
      void client.invalidateQueries({ queryKey: ["flows"] });
      void client.invalidateQueries({ queryKey: ["runs", "of-flow"] });
    },
  });
}

/** Says yes to a held run; another run starts. */
export function useConfirmRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ runId, ...body }: { runId: string; number: string; choice?: PlaceChoice }) =>
      call(confirmRun, { params: { runId }, body }),
    onSuccess: (run) => {
      client.setQueryData(runQueries.one(run.id).queryKey, run);
      // Not waited for: the page goes on to the new run before the question can say that it is closed.
      void client.invalidateQueries({ queryKey: ["flows"] });
      void client.invalidateQueries({ queryKey: ["runs", "of-flow"] });
    },
  });
}

/** Undoes a run; another run does it. */
export function useUndoRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ runId, number }: { runId: string; number: string }) =>
      call(undoRun, { params: { runId }, body: { number } }),
    onSuccess: (run) => {
      client.setQueryData(runQueries.one(run.id).queryKey, run);
      void client.invalidateQueries({ queryKey: ["flows"] });
      void client.invalidateQueries({ queryKey: ["runs", "of-flow"] });
    },
  });
}
