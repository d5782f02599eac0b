import type { RunFailure } from "@headgate/contract";
import type { ReactElement, ReactNode } from "react";
import { runFailureCopy } from "../../lib/messages.ts";
import { Callout } from "../../ui/callout.tsx";
import { TechnicalDetails } from "../../ui/technical-details.tsx";
import { failureKindCopy } from "./copy.ts";

type Props = { readonly failure: RunFailure; readonly actions?: ReactNode };

/** Why a run failed: what happened, why, what to do now, and the other side's own words in a fold. */
export function RunFailureCallout({ failure, actions }: Props): ReactElement {
  const { title, why, next } = runFailureCopy(failure);
  return (
    <Callout kind="danger" title={title} actions={actions}>
      <p>{why}</p>
      <p>
        <strong>What to do:</strong> {next} {failureKindCopy[failure.kind]}
      </p>
      <TechnicalDetails text={`${failure.code} (${failure.origin}, ${failure.kind})\n${failure.detail}`} />
    </Callout>
  );
}
