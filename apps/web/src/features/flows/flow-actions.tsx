import type { Flow } from "@headgate/contract";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { isProblem } from "../../lib/api-errors.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { useRunFlow } from "../runs/queries.ts";
import classes from "./flow-actions.module.css";
import { useDeleteFlow, useSetPaused } from "./queries.ts";

/** Run now, pause or resume, and delete. */
export function FlowActions({ flow }: { readonly flow: Flow }): ReactElement {
  const runFlow = useRunFlow();
  const setPaused = useSetPaused(flow.id);
  const deleteFlow = useDeleteFlow();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const error = runFlow.error ?? setPaused.error;
  // The dialog over the page says it already, and by the next press it is no longer true.
  const shown = isProblem(error, "error:auth/signed-out") ? null : error;

  async function remove(): Promise<void> {
    await deleteFlow.mutateAsync(flow.id);
    notifications.show({ color: "green", title: "Flow deleted", message: `“${flow.name}” and its history are gone.` });
    await navigate({ to: "/" });
  }

  return (
    <div className={classes.actions}>
      <div className={classes.buttons}>
        <Button
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          onClick={() => runFlow.mutate(flow.id)}
          loading={runFlow.isPending}
          disabled={flow.activeRun !== null || flow.paused}
        >
          Run now
        </Button>
        <Button
          variant="default"
          leftSection={flow.paused ? undefined : <IconPlayerPause size={18} aria-hidden />}
          onClick={() => setPaused.mutate(!flow.paused)}
        >
          {flow.paused ? "Resume" : "Pause"}
        </Button>
        <Button variant="default" leftSection={<IconTrash size={18} aria-hidden />} onClick={() => setDeleting(true)}>
          Delete
        </Button>
      </div>
      {shown && <ErrorCallout error={shown} />}
      <ConfirmDialog
        opened={deleting}
        title={`Delete “${flow.name}”?`}
        confirmLabel="Delete flow"
        danger
        onConfirm={remove}
        onClose={() => setDeleting(false)}
      >
        The flow and its history go. Rows it has copied stay where they are, and so do both connections.
      </ConfirmDialog>
    </div>
  );
}
