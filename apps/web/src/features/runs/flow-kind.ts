import { getFlow, type SinkKind } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import { call } from "../../lib/api.ts";

/** Where the rows of a flow go, a table until it is known; and whether its last run can be undone. */
export function useFlowKind(flowId: string): { readonly kind: SinkKind; readonly keepsUndo: boolean } {
  const flow = useQuery({
    queryKey: ["flows", "one", flowId],
    queryFn: ({ signal }) => call(getFlow, { params: { flowId }, signal }),
  });
  const definition = flow.data?.definition;
  return { kind: definition?.destination.kind ?? "postgres", keepsUndo: definition?.keepsUndo ?? false };
}
