import type { Draft } from "@headgate/contract";
import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { homeCopy } from "./copy.ts";
import classes from "./draft-list.module.css";
import { draftName, draftProgress } from "./draft-words.ts";
import { useDeleteDraft } from "./queries.ts";

/** Flows that were begun, each with the way back to where the person stopped. */
export function DraftList({ drafts }: { readonly drafts: readonly Draft[] }): ReactElement {
  const [leaving, setLeaving] = useState<Draft>();
  const remove = useDeleteDraft();
  return (
    <SectionCard title={homeCopy.draftsTitle}>
      <ul className={classes.list}>
        {drafts.map((draft) => (
          <DraftRow key={draft.id} draft={draft} onThrowAway={() => setLeaving(draft)} />
        ))}
      </ul>
      <ConfirmDialog
        opened={leaving !== undefined}
        title="Throw this away?"
        confirmLabel="Throw away"
        danger
        onConfirm={() => (leaving ? remove.mutateAsync(leaving.id) : Promise.resolve())}
        onClose={() => setLeaving(undefined)}
      >
        Everything answered in “{leaving ? draftName(leaving) : ""}” is lost. Connections you saved on the way stay.
      </ConfirmDialog>
    </SectionCard>
  );
}

type RowProps = { readonly draft: Draft; readonly onThrowAway: () => void };

function DraftRow({ draft, onThrowAway }: RowProps): ReactElement {
  const { step, words } = draftProgress(draft);
  const name = draftName(draft);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Link to="/flows/drafts/$draftId/$step" params={{ draftId: draft.id, step }} className={classes.name}>
          {name}
        </Link>
        <span className={classes.quiet}>
          {words}, last changed <RelativeTime at={draft.updatedAt} />
        </span>
      </div>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Throw away ${name}`} onClick={onThrowAway}>
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </li>
  );
}
