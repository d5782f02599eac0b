import { watchRun, type Run } from "@headgate/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { openStream } from "../../lib/api.ts";
import { runQueries } from "./queries.ts";
import { isActive } from "./run-state.ts";

/** How often to ask while the stream is broken, in milliseconds. */
const pollMilliseconds = 2000;

/** The run as it goes on: followed by stream, asked every two seconds where the stream breaks. */
export function useLiveRun(runId: string, initial?: Run) {
  const client = useQueryClient();
  const [broken, setBroken] = useState(false);
  const run = useQuery({
    ...runQueries.one(runId),
    ...(initial && { initialData: initial }),
    refetchInterval: ({ state }) => (broken && state.data && isActive(state.data) ? pollMilliseconds : false),
  });
  const active = run.data !== undefined && isActive(run.data);

  useEffect(() => {
    if (!active) return;
    const controller = new AbortController();
    void (async () => {
      try {
        for await (const event of openStream(watchRun, { params: { runId }, signal: controller.signal })) {
          client.setQueryData(runQueries.one(runId).queryKey, event);
        }
      } catch {
        // Asking again by itself is what follows; an error here would say nothing more.
      }
      if (!controller.signal.aborted) setBroken(true);
    })();
    return () => controller.abort();
  }, [active, client, runId]);

  // What pages of flows and lists of runs show has changed once a waiting run begins or a run is over.
  const status = run.data?.status;
  useEffect(() => {
    if (active) return () => void refreshLists(client);
    return undefined;
  }, [active, status, client]);

  return run;
}

function refreshLists(client: ReturnType<typeof useQueryClient>): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: ["flows"] }),
    client.invalidateQueries({ queryKey: ["runs", "of-flow"] }),
  ]);
}
