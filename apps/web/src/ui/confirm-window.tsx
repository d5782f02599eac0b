import { Button, Group, Modal } from "@mantine/core";
import { useState, type ReactElement, type ReactNode } from "react";
import { ErrorCallout } from "./error-callout.tsx";

export type ConfirmProps = {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** What will happen, as the button says it: "Delete flow". */
  readonly confirmLabel?: string;
  readonly cancelLabel?: string;
  readonly danger?: boolean;
  /** Left out where there is nothing to confirm, only to be told why not. */
  readonly onConfirm?: () => Promise<unknown>;
  readonly onClose: () => void;
};

/** Asks once before something that cannot be taken back; stays open and says why when it did not work. */
export function ConfirmWindow({
  opened,
  title,
  children,
  confirmLabel,
  cancelLabel = "Cancel",
  danger,
  onConfirm,
  onClose,
}: ConfirmProps): ReactElement {
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });

  function close(): void {
    setState({ busy: false });
    onClose();
  }

  function confirm(act: () => Promise<unknown>): void {
    setState({ busy: true });
    act().then(close, (error: unknown) => setState({ busy: false, error }));
  }

  return (
    <Modal opened={opened} onClose={close} title={title}>
      <div>{children}</div>
      {state.error !== undefined && <ErrorCallout error={state.error} />}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={close} data-autofocus>
          {cancelLabel}
        </Button>
        {onConfirm && (
          <Button color={danger ? "red" : "brand"} onClick={() => confirm(onConfirm)} loading={state.busy}>
            {confirmLabel}
          </Button>
        )}
      </Group>
    </Modal>
  );
}
