import type { Connection, PostgresConnection } from "@headgate/contract";
import type { RotationKind } from "@headgate/core";
import { Button, Group, Modal } from "@mantine/core";
import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useRef, type ReactElement } from "react";
import { useForm } from "react-hook-form";
import { Callout } from "../../../ui/callout.tsx";
import { StepForm } from "../../../ui/step-form.tsx";
import { FailureCallout } from "../check/failure-callout.tsx";
import { StageList } from "../check/stage-list.tsx";
import { inGroup } from "../tunnels/field-group.ts";
import { rotateCopy, rotationCopy } from "./copy.ts";
import { RotationFields } from "./rotation-fields.tsx";
import { emptyRotation, rotationSchema, type RotationForm } from "./rotation-form.ts";
import classes from "./rotate-window.module.css";
import { useRotation, type RotationState } from "./use-rotation.ts";

export type RotateProps = {
  readonly connection: PostgresConnection;
  readonly kind: RotationKind;
  readonly onClose: () => void;
};

/** Asks for a new secret, tries it out before it is saved, and says what it is then used for. */
export function RotateWindow({ connection, kind, onClose }: RotateProps): ReactElement {
  const { title, what } = rotationCopy[kind];
  const { state, start, stop } = useRotation(connection, kind);
  const form = useForm<RotationForm, unknown, RotationForm>({
    resolver: zodResolver(rotationSchema(kind)),
    defaultValues: emptyRotation,
    reValidateMode: "onBlur",
    shouldFocusError: false,
  });

  function close(): void {
    if (state.phase === "running") stop();
    onClose();
  }

  const running = state.phase === "running";
  return (
    <Modal opened onClose={close} title={title} size="lg">
      {state.phase === "saved" ? (
        <Saved connection={state.connection} what={what} onClose={onClose} />
      ) : (
        <div className={classes.window}>
          <p>{rotateCopy.intro(what)}</p>
          <FlowsThatGetIt connection={connection} />
          <StepForm form={form} label={title} onSubmit={(filled) => inGroup("rotation", start(filled))}>
            <RotationFields kind={kind} control={form.control} />
            <Progress state={state} what={what} connection={connection} />
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={running ? stop : close}>
                {running ? rotateCopy.stop : rotateCopy.cancel}
              </Button>
              <Button type="submit" loading={running}>
                {state.phase === "refused" ? rotateCopy.again : rotateCopy.submit}
              </Button>
            </Group>
          </StepForm>
        </div>
      )}
    </Modal>
  );
}

function FlowsThatGetIt({
  connection: { flowNames },
}: {
  readonly connection: PostgresConnection;
}): ReactElement | null {
  if (flowNames.length === 0) return null;
  return (
    <div>
      <p>{rotateCopy.flows(flowNames.length)}</p>
      <ul className={classes.flows}>
        {flowNames.map((name, index) => (
          <li key={`${index} ${name}`}>{name}</li>
        ))}
      </ul>
    </div>
  );
}

type ProgressProps = { readonly state: RotationState; readonly what: string; readonly connection: PostgresConnection };

function Progress({ state, what, connection }: ProgressProps): ReactElement | null {
  switch (state.phase) {
    case "running":
      return (
        <>
          <StageList stages={state.progress.stages} />
          <p className="visually-hidden" role="status">
            {rotateCopy.running}
          </p>
        </>
      );
    case "refused":
      return (
        <>
          <StageList stages={state.progress.stages} />
          <FailureCallout failure={state.failure} settings={connection.settings} />
          <p>{rotateCopy.failed(what)}</p>
        </>
      );
    case "stopped":
      return <p role="status">{rotateCopy.stopped}</p>;
    case "not_saved":
      return (
        <Callout kind="warning" role="alert" title={state.reason === "outdated" ? rotateCopy.changed : rotateCopy.gone}>
          {state.reason === "outdated" && rotateCopy.changedNext}
        </Callout>
      );
    case "idle":
    case "saved":
      return null;
  }
}

type SavedProps = { readonly connection: Connection; readonly what: string; readonly onClose: () => void };

function Saved({ connection, what, onClose }: SavedProps): ReactElement {
  const done = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone, and with it the focus.
  useEffect(() => done.current?.focus(), []);
  return (
    <div className={classes.window}>
      <Callout kind="success" role="status" title={rotateCopy.saved(what)}>
        {rotateCopy.savedFor(connection.flowNames.length)}
      </Callout>
      <Group justify="flex-end">
        <Button onClick={onClose}>{rotateCopy.done}</Button>
      </Group>
    </div>
  );
}
