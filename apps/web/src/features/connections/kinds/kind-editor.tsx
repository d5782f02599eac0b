import type { DestinationKind } from "@headgate/contract";
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import type { ConnectionOf } from "../databases.ts";
import type { StoredKind } from "./kind-rules.ts";
import { KindFormOf } from "./kind-forms.tsx";
import { useSaveKind } from "./use-save-kind.ts";

type Props<K extends DestinationKind> = {
  readonly kind: K;
  /** The connection to change; leave it out for a new one. */
  readonly saved?: ConnectionOf<K>;
  readonly submitLabel: string;
  readonly onSaved: (connection: ConnectionOf<K>) => void;
};

/** The whole form of one connection to a kind of destination, outside the wizard. */
export function KindEditor<K extends DestinationKind>({ kind, saved, submitLabel, onSaved }: Props<K>): ReactElement {
  const save = useSaveKind(kind, saved);
  return (
    <KindFormOf
      kind={kind}
      stored={saved as unknown as (StoredKind<K> & { flowNames: readonly string[] }) | undefined}
      onSubmit={async (answers) => onSaved(await save(answers))}
      actions={(busy) => (
        <Button type="submit" loading={busy}>
          {submitLabel}
        </Button>
      )}
    />
  );
}
