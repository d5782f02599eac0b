import type { Connection } from "@headgate/contract";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { SectionCard } from "../../../ui/section-card.tsx";
import { useDeleteConnection } from "../queries.ts";
import { pagesCopy } from "./copy.ts";

/** Offers to delete a connection, or names the flows that still need it. */
export function DeleteConnection({ connection }: { readonly connection: Connection }): ReactElement {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteConnection();
  const navigate = useNavigate();
  const { flowNames, draftCount, name } = connection;

  async function confirm(): Promise<void> {
    await remove.mutateAsync(connection.id);
    await navigate({ to: "/connections" });
    notifications.show({ color: "green", title: "Connection deleted", message: `“${name}” is gone.` });
  }

  if (flowNames.length > 0) {
    return (
      <SectionCard title={pagesCopy.deleteTitle}>
        It cannot be deleted while it is used by {flowNames.map((flow) => `“${flow}”`).join(", ")}.
      </SectionCard>
    );
  }
  return (
    <SectionCard
      title={pagesCopy.deleteTitle}
      description={pagesCopy.deleteText}
      actions={
        <Button color="red" variant="outline" onClick={() => setAsking(true)}>
          Delete connection
        </Button>
      }
    >
      <ConfirmDialog
        opened={asking}
        title={`Delete “${name}”?`}
        confirmLabel="Delete connection"
        danger
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        {pagesCopy.deleteText} {draftCount > 0 && pagesCopy.deleteDrafts(draftCount)}
      </ConfirmDialog>
    </SectionCard>
  );
}
