import { stepIdSchema, type Draft } from "@headgate/contract";
import { firstIncompleteStep, isStepOpen } from "@headgate/core";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { isProblem } from "../../lib/api-errors.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";
import { wizardCopy } from "./copy.ts";
import { WizardStep } from "./layout/wizard-step.tsx";
import { draftQueries } from "./queries.ts";
import type { WizardSearch } from "./search.ts";

type Props = { readonly draftId: string; readonly step: string; readonly search: WizardSearch };

/** The seven steps; which one is shown is the address's business, which are open is the answers'. */
export function WizardPage({ draftId, step, search }: Props): ReactElement {
  const draft = useQuery(draftQueries.one(draftId));
  // Beside the query, so that the form begins anew with what was just loaded and not with what was shown before.
  const [reloads, setReloads] = useState(0);
  if (draft.isPending) return <Skeletons lines={6} label={wizardCopy.loading} />;
  if (draft.data) {
    return (
      <OpenDraft
        draft={draft.data}
        step={step}
        search={search}
        reloads={reloads}
        onReload={() => setReloads((count) => count + 1)}
      />
    );
  }
  if (isProblem(draft.error, "error:draft/not-found") || isProblem(draft.error, "error:request/invalid")) {
    return <DraftGone />;
  }
  const again = <Button onClick={() => void draft.refetch()}>{wizardCopy.tryAgain}</Button>;
  return <ErrorCallout error={draft.error} actions={again} />;
}

type OpenProps = Omit<Props, "draftId"> & {
  readonly draft: Draft;
  /** How often newer answers were loaded over those on the page. */
  readonly reloads: number;
  readonly onReload: () => void;
};

function OpenDraft({ draft, step, search, reloads, onReload }: OpenProps): ReactElement {
  const asked = stepIdSchema.safeParse(step).data;
  if (!asked || !isStepOpen(asked, draft.steps)) {
    const open = firstIncompleteStep(draft.steps);
    return (
      <Navigate
        to="/flows/drafts/$draftId/$step"
        params={{ draftId: draft.id, step: open }}
        search={asked ? { wanted: asked } : {}}
        replace
      />
    );
  }
  return (
    <WizardStep
      key={`${draft.id} ${asked} ${reloads}`}
      draft={draft}
      step={asked}
      search={search}
      onReload={onReload}
    />
  );
}

function DraftGone(): ReactElement {
  return (
    <>
      <PageHeader title={wizardCopy.goneTitle} />
      <EmptyState title={wizardCopy.gone} actions={<Link to="/">{wizardCopy.toFlows}</Link>} />
    </>
  );
}
