import {
  rotateSecret,
  type CheckVerdict,
  type Connection,
  type PostgresConnection,
  type RotateSecretEvent,
} from "@headgate/contract";
import type { RotationKind } from "@headgate/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { openStream } from "../../../lib/api.ts";
import { noProgress, withEvent, type CheckProgress } from "../check/check-progress.ts";
import { connectionQueries, rememberConnection } from "../queries.ts";
import { rotationRequest, type RotationForm } from "./rotation-form.ts";

export type RotationState =
  | { readonly phase: "idle" | "stopped" }
  | { readonly phase: "running"; readonly progress: CheckProgress }
  | { readonly phase: "refused"; readonly progress: CheckProgress; readonly failure: Failure }
  | { readonly phase: "saved"; readonly connection: Connection }
  | { readonly phase: "not_saved"; readonly reason: "outdated" | "not_found" };
type Failure = Extract<CheckVerdict, { status: "failed" }>["failure"];

/** Tries a new secret and shows the test as it happens; stopping it, or closing the page, leaves the old one in place. */
export function useRotation(connection: PostgresConnection, kind: RotationKind) {
  const client = useQueryClient();
  const running = useRef<AbortController>(undefined);
  const [state, setState] = useState<RotationState>({ phase: "idle" });
  useEffect(() => () => running.current?.abort(), []);

  /** Throws what the request was refused with, so that the form can show it at its fields. */
  async function start(form: RotationForm): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    let progress = noProgress;
    setState({ phase: "running", progress });
    const input = {
      params: { connectionId: connection.id },
      body: { revision: connection.revision, ...rotationRequest(kind, form) },
      signal: controller.signal,
    };
    try {
      for await (const event of openStream(rotateSecret, input)) {
        if (controller.signal.aborted) return;
        if (event.type === "stage" || event.type === "verdict") progress = withEvent(progress, event);
        setState((was) => next(was, progress, event));
        if (event.type === "saved") await rememberConnection(client, event.connection);
      }
    } catch (error) {
      if (controller.signal.aborted) return;
      setState({ phase: "idle" });
      throw error;
    }
  }

  function stop(): void {
    running.current?.abort();
    setState({ phase: "stopped" });
    // It may have been saved in the very moment of the click; the page asks what is true.
    void client.invalidateQueries({ queryKey: connectionQueries.all });
  }

  return { state, start, stop };
}

function next(was: RotationState, progress: CheckProgress, event: RotateSecretEvent): RotationState {
  switch (event.type) {
    case "stage":
      return { phase: "running", progress };
    case "verdict":
      if (event.verdict.status === "succeeded") return { phase: "running", progress };
      return { phase: "refused", progress, failure: event.verdict.failure };
    case "saved":
      return { phase: "saved", connection: event.connection };
    case "not_saved":
      return was.phase === "saved" ? was : { phase: "not_saved", reason: event.reason };
  }
}
