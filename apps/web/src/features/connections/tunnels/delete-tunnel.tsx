import type { Tunnel } from "@headgate/contract";
import type { ReactElement } from "react";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { useFocusReturn } from "../../../ui/use-focus-return.ts";
import { tunnelListCopy } from "./copy.ts";
import { useDeleteTunnel } from "./queries.ts";

type Props = { readonly tunnel: Tunnel; readonly onClose: () => void };

/** Asks before a tunnel is deleted, or names the connections that still need it. */
export function DeleteTunnel({ tunnel, onClose }: Props): ReactElement {
  const remove = useDeleteTunnel();
  useFocusReturn();
  const { name, connectionNames } = tunnel;
  if (connectionNames.length > 0) {
    return (
      <ConfirmDialog
        opened
        title={tunnelListCopy.inUseTitle(name)}
        cancelLabel={tunnelListCopy.close}
        onClose={onClose}
      >
        {tunnelListCopy.inUse(connectionNames)}
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      opened
      title={tunnelListCopy.removeTitle(name)}
      confirmLabel={tunnelListCopy.removeLabel}
      danger
      onConfirm={() => remove.mutateAsync(tunnel.id)}
      onClose={onClose}
    >
      {tunnelListCopy.removeText}
    </ConfirmDialog>
  );
}
