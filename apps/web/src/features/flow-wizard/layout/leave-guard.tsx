import { Button, Group, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { wizardCopy } from "../copy.ts";

/** Asks before leaving only when something typed could not be saved; otherwise leaving is always safe. */
export function LeaveGuard({ active }: { readonly active: boolean }): ReactElement {
  const blocker = useBlocker({ shouldBlockFn: () => active, enableBeforeUnload: active, withResolver: true });
  return (
    <Modal opened={blocker.status === "blocked"} onClose={() => blocker.reset?.()} title={wizardCopy.leaveTitle}>
      <p>{wizardCopy.leave}</p>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" color="red" onClick={() => blocker.proceed?.()}>
          {wizardCopy.leaveAnyway}
        </Button>
        <Button onClick={() => blocker.reset?.()} data-autofocus>
          {wizardCopy.stay}
        </Button>
      </Group>
    </Modal>
  );
}
