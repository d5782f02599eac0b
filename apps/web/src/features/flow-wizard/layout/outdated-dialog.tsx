import { Button, Group, Modal } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { wizardCopy } from "../copy.ts";
import type { StepSaver } from "../use-step-saver.ts";

/** Two tabs met: nothing is overwritten until the person says whose answers stay. */
export function OutdatedDialog({ saver }: { readonly saver: StepSaver }): ReactElement {
  const [busy, setBusy] = useState<"newer" | "mine">();
  const [error, setError] = useState<unknown>();

  function decide(choice: "newer" | "mine"): void {
    setBusy(choice);
    setError(undefined);
    (choice === "newer" ? saver.loadNewer() : saver.keepMine())
      .catch((reason: unknown) => setError(reason))
      .finally(() => setBusy(undefined));
  }

  return (
    <Modal
      opened={saver.state.status === "outdated"}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={wizardCopy.outdatedTitle}
    >
      <p>{wizardCopy.outdated}</p>
      {error !== undefined && <ErrorCallout error={error} />}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" loading={busy === "mine"} onClick={() => decide("mine")}>
          {wizardCopy.keepMine}
        </Button>
        <Button loading={busy === "newer"} onClick={() => decide("newer")} data-autofocus>
          {wizardCopy.loadNewer}
        </Button>
      </Group>
    </Modal>
  );
}
