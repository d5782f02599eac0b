import type { Draft, StepId, TypedSteps } from "@headgate/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { isProblem } from "../../lib/api-errors.ts";
import { draftQueries, useSaveStep, type SaveStep } from "./queries.ts";

/** How long the person must have stopped typing before the answers travel. */
const pauseMilliseconds = 1000;

export type SaveState =
  | { readonly status: "unchanged" | "waiting" | "saving" | "saved" }
  /** Another tab or person saved first; nothing of this page is lost, but someone has to choose. */
  | { readonly status: "outdated"; readonly mine: SaveStep }
  | { readonly status: "failed"; readonly mine: SaveStep; readonly error: unknown };

/** Methods, not properties, so that a step's own saver can be handed on as any step's. */
export type StepSaver<S extends StepId = StepId> = {
  readonly state: SaveState;
  /** Keeps what is typed so far; travels one second after the last edit. */
  keep(values: NonNullable<TypedSteps[S]>): void;
  /** Saves at once what `keep` still holds back; resolves with the draft as the server has it. */
  settle(): Promise<Draft | undefined>;
  /** Saves finished answers; rejects with the server's problem so that the form can name the fields. */
  finish(values: NonNullable<TypedSteps[S]>): Promise<Draft>;
  retry(): void;
  loadNewer(): Promise<void>;
  keepMine(): Promise<void>;
};

/** Saves one step of a draft while it is edited (design §5); `onReload` is told when newer answers were loaded. */
export function useStepSaver<S extends StepId>(draftId: string, step: S, onReload: () => void): StepSaver<S> {
  const client = useQueryClient();
  const { mutateAsync } = useSaveStep(draftId);
  const [state, setState] = useState<SaveState>({ status: "unchanged" });
  const held = useRef<SaveStep>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const send = useCallback(
    async (save: SaveStep): Promise<Draft> => {
      held.current = undefined;
      clearTimeout(timer.current);
      setState({ status: "saving" });
      try {
        const draft = await mutateAsync(save);
        setState((was) => (held.current || was.status !== "saving" ? was : { status: "saved" }));
        return draft;
      } catch (error) {
        if (isProblem(error, "error:draft/outdated")) setState({ status: "outdated", mine: save });
        // Refused answers are shown at their fields by the form; what was typed is already with the server.
        else if (save.finished && isProblem(error)) setState({ status: "unchanged" });
        else setState({ status: "failed", mine: save, error });
        throw error;
      }
    },
    [mutateAsync],
  );

  const settle = useCallback(async () => {
    const save = held.current;
    if (!save) return client.getQueryData(draftQueries.one(draftId).queryKey);
    return send(save);
  }, [client, draftId, send]);

  const keep = useCallback(
    (values: NonNullable<TypedSteps[S]>) => {
      const save: SaveStep = { step, values, finished: false };
      clearTimeout(timer.current);
      if (sameAsSaved(client.getQueryData(draftQueries.one(draftId).queryKey), save)) {
        held.current = undefined;
        return;
      }
      held.current = save;
      setState({ status: "waiting" });
      timer.current = setTimeout(() => void settle().catch(() => undefined), pauseMilliseconds);
    },
    [client, draftId, settle, step],
  );

  const loadNewer = useCallback(async () => {
    held.current = undefined;
    await client.fetchQuery({ ...draftQueries.one(draftId), staleTime: 0 });
    setState({ status: "unchanged" });
    onReload();
  }, [client, draftId, onReload]);

  const mine = "mine" in state ? state.mine : undefined;
  const keepMine = useCallback(async () => {
    if (!mine) return;
    await client.fetchQuery({ ...draftQueries.one(draftId), staleTime: 0 });
    await send({ ...mine, finished: false });
  }, [client, draftId, mine, send]);

  const retry = useCallback(() => {
    if (mine) void send({ ...mine, finished: false }).catch(() => undefined);
  }, [mine, send]);

  // Leaving the step or the page within the second does not lose what was typed in it.
  useEffect(() => {
    const flush = (): void => void settle().catch(() => undefined);
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [settle]);

  const finish = useCallback(
    (values: NonNullable<TypedSteps[S]>) => send({ step, values, finished: true }),
    [send, step],
  );

  return { state, keep, settle, finish, retry, loadNewer, keepMine };
}

function sameAsSaved(draft: Draft | undefined, { step, values }: SaveStep): boolean {
  return JSON.stringify(draft?.steps[step] ?? {}) === JSON.stringify(values);
}
