import { checkConnection, type CheckVerdict, type Connection } from "@headgate/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { openStream } from "../../../lib/api.ts";
import { connectionQueries } from "../queries.ts";
import { halted, freshProgress, withEvent, type CheckKind, type CheckProgress } from "./check-progress.ts";

export type CheckPhase = "idle" | "running" | "stopped" | "finished" | "unasked";

export type ConnectionCheck = CheckProgress & {
  readonly phase: CheckPhase;
  /** Why Headgate itself could not be asked; only in phase `unasked`. */
  readonly error: unknown;
  readonly start: () => void;
  /** The same, and a webhook gets one made-up row. */
  readonly sendMessage: () => void;
  readonly stop: () => void;
};

type State = { readonly phase: CheckPhase; readonly progress: CheckProgress; readonly error?: unknown };

/** Runs the check of a saved connection and shows it as it happens; leaving the page ends it at the database too. */
export function useConnectionCheck(
  { id: connectionId, kind, settings }: Pick<Connection, "id" | "kind" | "settings">,
  as: "source" | "destination" = "source",
  onVerdict?: (verdict: CheckVerdict) => void,
): ConnectionCheck {
  const tunnel = "tunnelId" in settings && settings.tunnelId !== undefined;
  const place = "place" in settings ? settings.place : undefined;
  const plan = useMemo(() => ({ kind, tunnel, as, place }), [kind, tunnel, as, place]);
  const client = useQueryClient();
  const running = useRef<AbortController>(undefined);
  const tell = useRef(onVerdict);
  useEffect(() => {
    tell.current = onVerdict;
  });
  const [state, setState] = useState<State>({ phase: "idle", progress: freshProgress(plan) });

  const run = useCallback(
    (testMessage: boolean) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setState({ phase: "running", progress: freshProgress(plan) });
      void (async () => {
        try {
          const verdict = await follow({ connectionId, plan, testMessage, signal: controller.signal }, (progress) =>
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
    },
    [client, connectionId, plan],
  );

  const start = useCallback(() => run(false), [run]);
  const sendMessage = useCallback(() => run(true), [run]);

  const stop = useCallback(() => {
    running.current?.abort();
    setState((was) => ({ phase: "stopped", progress: halted(was.progress) }));
  }, []);

  useEffect(() => () => running.current?.abort(), [connectionId]);

  return { ...state.progress, phase: state.phase, error: state.error, start, sendMessage, stop };
}

type Following = {
  readonly connectionId: string;
  readonly plan: CheckKind;
  readonly testMessage: boolean;
  readonly signal: AbortSignal;
};

async function follow(
  { connectionId, plan, testMessage, signal }: Following,
  onProgress: (progress: CheckProgress) => void,
): Promise<CheckVerdict> {
  let progress = freshProgress(plan);
  const body = { ...(plan.as === "destination" && { as: plan.as }), ...(testMessage && { testMessage }) };
  for await (const event of openStream(checkConnection, { params: { connectionId }, body, signal })) {
    progress = withEvent(progress, event);
    if (!signal.aborted) onProgress(progress);
  }
  if (progress.verdict) return progress.verdict;
  throw new Error("The check ended without a verdict.");
}
