import { checkConnection, type CheckVerdict, type Connection } from "@headgate/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { openStream } from "../../../lib/api.ts";
import { connectionQueries } from "../queries.ts";
import { halted, freshProgress, withEvent, type CheckKind, type CheckProgress } from "./check-progress.ts";

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
export function useConnectionCheck(
  { id: connectionId, settings }: Pick<Connection, "id" | "settings">,
  as: "source" | "destination" = "source",
  onVerdict?: (verdict: CheckVerdict) => void,
): ConnectionCheck {
  const tunnel = settings.tunnelId !== undefined;
  const client = useQueryClient();
  const running = useRef<AbortController>(undefined);
  const tell = useRef(onVerdict);
  useEffect(() => {
    tell.current = onVerdict;
  });
  const [state, setState] = useState<State>({ phase: "idle", progress: freshProgress({ tunnel, as }) });

  const start = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState({ phase: "running", progress: freshProgress({ tunnel, as }) });
    void (async () => {
      try {
        const verdict = await follow({ connectionId, tunnel, as, signal: controller.signal }, (progress) =>
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
        setState((was) => ({ phase: "unasked", progress: halted(was.progress), error }));
      }
    })();
  }, [client, connectionId, tunnel, as]);

  const stop = useCallback(() => {
    running.current?.abort();
    setState((was) => ({ phase: "stopped", progress: halted(was.progress) }));
  }, []);

  useEffect(() => () => running.current?.abort(), [connectionId]);

  return { ...state.progress, phase: state.phase, error: state.error, start, stop };
}

type Following = Required<CheckKind> & { readonly connectionId: string; readonly signal: AbortSignal };

async function follow(
  { connectionId, signal, ...kind }: Following,
  onProgress: (progress: CheckProgress) => void,
): Promise<CheckVerdict> {
  let progress = freshProgress(kind);
  const body = kind.as === "destination" ? { as: kind.as } : {};
  for await (const event of openStream(checkConnection, { params: { connectionId }, body, signal })) {
    progress = withEvent(progress, event);
    if (!signal.aborted) onProgress(progress);
  }
  if (progress.verdict) return progress.verdict;
  throw new Error("The check ended without a verdict.");
}
