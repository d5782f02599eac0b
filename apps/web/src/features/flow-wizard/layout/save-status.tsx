import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { errorCopy } from "../../../lib/messages.ts";
import { wizardCopy } from "../copy.ts";
import type { StepSaver } from "../use-step-saver.ts";
import classes from "./save-status.module.css";

/** Whether what was typed has reached the server; a failed save says why and can be tried again. */
export function SaveStatus({ saver }: { readonly saver: StepSaver }): ReactElement {
  const { state } = saver;
  if (state.status === "failed") {
    return (
      <div className={classes.failed} role="alert">
        <IconAlertTriangle size={18} aria-hidden />
        <span>
          {wizardCopy.notSavedTitle} ({errorCopy(state.error).title})
        </span>
        <Button size="compact-md" variant="default" onClick={() => saver.retry()}>
          {wizardCopy.tryAgain}
        </Button>
      </div>
    );
  }
  return (
    <p className={classes.status} role="status">
      {state.status === "saved" && <IconCheck size={17} stroke={2.2} aria-hidden />}
      {words[state.status]}
    </p>
  );
}

const words = {
  unchanged: "",
  waiting: "",
  saving: wizardCopy.saving,
  saved: wizardCopy.saved,
  outdated: wizardCopy.notSavedTitle,
} as const;
