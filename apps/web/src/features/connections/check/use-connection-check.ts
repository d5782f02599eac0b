import { checkConnection, type CheckVerdict } from "@headgate/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { openStream } from "../../../lib/api.ts";
import { connectionQueries } from "../queries.ts";
import { noProgress, withEvent, type CheckProgress } from "./check-progress.ts";

export type CheckPhase = "idle" | "running" | "stopped" | "finished" | "unasked";

export type ConnectionCheck = CheckProgress & {
  readonly phase: CheckPhase;
  /** Why Headgate itself could not be asked; only in phase `unasked`. */
  readonly error: unknown;
  readonly start: () => void;
  readonly stop: () => void;
};

type State = { readonly phase: CheckPhase; readonly progress: CheckProgress; readonly error?: unknown };

/** Runs the check of a saved connection and shows it as it happens; leaving the page ends it at the database too. */
export function useConnectionCheck(connectionId: string, onVerdict?: (verdict: CheckVerdict) => void): ConnectionCheck {
  const client = useQueryClient();
  const running = useRef<AbortController>(undefined);
  const tell = useRef(onVerdict);
  useEffect(() => {
    tell.current = onVerdict;
  });
  const [state, setState] = useState<State>({ phase: "idle", progress: noProgress });

  const start = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState({ phase: "running", progress: noProgress });
    void (async () => {
      try {
        const verdict = await follow(connectionId, controller.signal, (progress) =>
          setState({ phase: "running", progress }),
        );
        if (controller.signal.aborted) return;
        setState((was) => ({ ...was, phase: "finished" }));
        tell.current?.(verdict);
        await client.invalidateQueries({ queryKey: connectionQueries.list().queryKey });
        await client.invalidateQueries({ queryKey: connectionQueries.one(connectionId).queryKey, exact: true });
      } catch (error) {
        // Stopping it, a newer check, or leaving the page is no failure.
        if (controller.signal.aborted) return;
        setState((was) => ({ ...was, phase: "unasked", error }));
      }
    })();
  }, [client, connectionId]);

  const stop = useCallback(() => {
    running.current?.abort();
    setState((was) => ({ ...was, phase: "stopped" }));
  }, []);

  useEffect(() => () => running.current?.abort(), [connectionId]);

  return { ...state.progress, phase: state.phase, error: state.error, start, stop };
}

async function follow(
  connectionId: string,
  signal: AbortSignal,
  onProgress: (progress: CheckProgress) => void,
): Promise<CheckVerdict> {
  let progress = noProgress;
  for await (const event of openStream(checkConnection, { params: { connectionId }, signal })) {
    progress = withEvent(progress, event);
    if (!signal.aborted) onProgress(progress);
  }
  if (progress.verdict) return progress.verdict;
  throw new Error("The check ended without a verdict.");
}
