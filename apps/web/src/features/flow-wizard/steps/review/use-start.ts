import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { draftQueries, usePublishDraft } from "../../queries.ts";

/** Turns the draft into a flow and shows it; from then on Back leads past the wizard's last page. */
export function useStart(draftId: string): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const publish = usePublishDraft(draftId);
  return async () => {
    const { flowId } = await publish.mutateAsync();
    await navigate({ to: "/flows/$flowId", params: { flowId }, replace: true });
    client.removeQueries({ queryKey: draftQueries.one(draftId).queryKey });
  };
}
