import type { CheckFailure, Connection } from "@headgate/contract";
import type { ReactElement, ReactNode } from "react";
import { checkFailureCopy } from "../../../lib/messages.ts";
import { adminMessage } from "../../../lib/messages/admin-message.ts";
import { Callout } from "../../../ui/callout.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { TechnicalDetails } from "../../../ui/technical-details.tsx";
import { typedFacts } from "../place-words.ts";
import { checkCopy } from "./copy.ts";
import classes from "./failure-callout.module.css";

type Props = {
  readonly failure: CheckFailure;
  readonly settings: Connection["settings"];
  readonly actions?: ReactNode;
  /** Something beside it writes to the administrator with more to say. */
  readonly withoutMessage?: boolean;
};

/** Why the database could not be used: what happened, why, what to do, and what an administrator needs to know. */
export function FailureCallout({ failure, settings, actions, withoutMessage }: Props): ReactElement {
  const { title, why, next } = checkFailureCopy(failure, typedFacts(settings));
  const message = withoutMessage || !("tlsMode" in settings) ? undefined : adminMessage(failure, settings);
  const folds = (
    <>
      {message && (
        <details className={classes.fold}>
          <summary>{checkCopy.adminTitle}</summary>
          <p>{checkCopy.adminIntro}</p>
          <pre className={classes.message}>{message}</pre>
          <CopyButton text={message} label={checkCopy.adminCopy} />
        </details>
      )}
      {failure.detail && <TechnicalDetails text={`${failure.detail}\n(${failure.stage}, ${failure.code})`} />}
    </>
  );
  return (
    <Callout kind="danger" role="alert" title={title} actions={actions} folds={folds}>
      <p>{why}</p>
      <p>{next}</p>
    </Callout>
  );
}
