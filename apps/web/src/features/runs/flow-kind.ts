import { getFlow, type SinkKind } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import { call } from "../../lib/api.ts";

/** Where the rows of a flow go; a table until it is known. */
export function useFlowKind(flowId: string): SinkKind {
  const flow = useQuery({
    queryKey: ["flows", "one", flowId],
    queryFn: ({ signal }) => call(getFlow, { params: { flowId }, signal }),
  });
  return flow.data?.definition.destination.kind ?? "postgres";
}
