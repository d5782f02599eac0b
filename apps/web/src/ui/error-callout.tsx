import type { ReactElement, ReactNode } from "react";
import { errorCopy, errorDetail } from "../lib/messages.ts";
import { Callout } from "./callout.tsx";
import { TechnicalDetails } from "./technical-details.tsx";

type Props = { readonly error: unknown; readonly actions?: ReactNode };

/** What happened, why, and what to do now, for anything a request can throw. */
export function ErrorCallout({ error, actions }: Props): ReactElement {
  const { title, why, next } = errorCopy(error);
  const detail = errorDetail(error);
  return (
    <Callout kind="danger" role="alert" title={title} actions={actions}>
      <p>{why}</p>
      <p>{next}</p>
      {detail && <TechnicalDetails text={detail} />}
    </Callout>
  );
}
