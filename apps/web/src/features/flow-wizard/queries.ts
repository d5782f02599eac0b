import {
  dryRunDraft,
  getDraft,
  previewCreateTable,
  publishDraft,
  saveStep,
  type Draft,
  type StepId,
  type TypedSteps,
} from "@headgate/contract";
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { call } from "../../lib/api.ts";

type StepBody = z.input<typeof saveStep.body>;

export const draftQueries = {
  all: ["drafts"] as const,
  one: (draftId: string) =>
    queryOptions({
      queryKey: [...draftQueries.all, "one", draftId] as const,
      queryFn: ({ signal }) => call(getDraft, { params: { draftId }, signal }),
      // An answer typed here is newer than the server's; only a conflict makes us read again.
      staleTime: Number.POSITIVE_INFINITY,
    }),
  /** The SQL follows from the saved answers, so it is asked again with every revision. */
  createTable: (draft: Draft) =>
    queryOptions({
      queryKey: [...draftQueries.all, "create-table", draft.id, draft.revision] as const,
      queryFn: ({ signal }) => call(previewCreateTable, { params: { draftId: draft.id }, signal }),
    }),
  dryRun: (draft: Draft) =>
    queryOptions({
      queryKey: [...draftQueries.all, "dry-run", draft.id, answersOf(draft)] as const,
      queryFn: ({ signal }) => call(dryRunDraft, { params: { draftId: draft.id }, signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};

/** What a dry run depends on: renaming the flow does not make its counts old. */
function answersOf({ steps }: Draft): string {
  const { credentials, table, destination, mapping } = steps;
  return JSON.stringify({ credentials, table, destination, mapping });
}

export type SaveStep<S extends StepId = StepId> = {
  readonly step: S;
  readonly values: NonNullable<TypedSteps[S]>;
  readonly finished: boolean;
};

/**
 * Saves one step. Saves of one draft wait for each other and take the newest revision when their turn comes, so that
 * one tab never meets itself as a conflict; another tab is met as `error:draft/outdated`.
 */
export function useSaveStep(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    scope: { id: `draft-${draftId}` },
    mutationFn: ({ step, values, finished }: SaveStep) => {
      const revision = cachedDraft(client, draftId).revision;
      const body = { step, revision, values, finished } as StepBody;
      // What was typed just before a reload still arrives; only a pasted certificate could be too long for that.
      const keepalive = JSON.stringify(values).length < 30_000;
      return call(saveStep, { params: { draftId }, body, keepalive });
    },
    onSuccess: (draft) => {
      client.setQueryData(draftQueries.one(draftId).queryKey, draft);
      void client.invalidateQueries({ queryKey: [...draftQueries.all, "list"] });
    },
  });
}

function cachedDraft(client: QueryClient, draftId: string): Draft {
  const draft = client.getQueryData(draftQueries.one(draftId).queryKey);
  if (!draft) throw new Error("A step can only be saved once its draft was read.");
  return draft;
}

export function usePublishDraft(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    scope: { id: `draft-${draftId}` },
    mutationFn: () =>
      call(publishDraft, { params: { draftId }, body: { revision: cachedDraft(client, draftId).revision } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [...draftQueries.all, "list"] });
      await client.invalidateQueries({ queryKey: ["flows"] });
    },
  });
}
