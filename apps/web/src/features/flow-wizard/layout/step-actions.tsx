import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { wizardCopy } from "../copy.ts";
import type { StepSaver } from "../use-step-saver.ts";
import { SaveStatus } from "./save-status.tsx";
import classes from "./step-actions.module.css";

type Props = {
  readonly saver: StepSaver;
  readonly label?: string;
  readonly busy?: boolean;
  /** Why the step cannot be finished yet; shown beside the button that it disables. */
  readonly blocked?: ReactNode;
  /** Leave it out inside a form: the button then submits it. */
  readonly onContinue?: () => void;
};

/** The end of every step: what is saved, the way out for today, and the one thing to press. */
export function StepActions({ saver, label, busy = false, blocked, onContinue }: Props): ReactElement {
  const navigate = useNavigate();

  function later(): void {
    saver.settle().then(
      () => navigate({ to: "/" }),
      // The status beside the buttons says what went wrong.
      () => undefined,
    );
  }

  return (
    <div className={classes.bar}>
      <SaveStatus saver={saver} />
      {blocked && <p className={classes.blocked}>{blocked}</p>}
      <div className={classes.buttons}>
        <Button variant="default" className={classes.later ?? ""} onClick={later}>
          {wizardCopy.later}
        </Button>
        <Button
          className={classes.go ?? ""}
          classNames={{ label: classes.label ?? "" }}
          type={onContinue ? "button" : "submit"}
          loading={busy}
          disabled={Boolean(blocked)}
          {...(onContinue && { onClick: onContinue })}
        >
          {label ?? wizardCopy.goOn}
        </Button>
      </div>
    </div>
  );
}
