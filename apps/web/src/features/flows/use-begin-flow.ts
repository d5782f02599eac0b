import { useNavigate } from "@tanstack/react-router";
import { useStartDraft } from "./queries.ts";

/** Starts a new flow and leads to its first step. */
export function useBeginFlow() {
  const start = useStartDraft();
  const navigate = useNavigate();

  function begin(practice: boolean): void {
    start.mutate(practice, {
      onSuccess: (draft) =>
        void navigate({ to: "/flows/drafts/$draftId/$step", params: { draftId: draft.id, step: "credentials" } }),
    });
  }

  return { begin, beginning: start.isPending, error: start.error };
}
