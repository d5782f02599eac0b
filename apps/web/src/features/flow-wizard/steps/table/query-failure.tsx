import type { CheckFailure, PostgresConnection } from "@headgate/contract";
import type { ReactElement } from "react";
import { checkFailureCopy } from "../../../../lib/messages.ts";
import { Callout } from "../../../../ui/callout.tsx";
import { FailureCallout } from "../../../connections/check/failure-callout.tsx";
import { typedFacts } from "../../../connections/place-words.ts";
import { tableCopy } from "./copy.ts";
import classes from "./table-step.module.css";

type Props = { readonly failure: CheckFailure; readonly settings: PostgresConnection["settings"] };

/** What the database has against a query, in its own words and with the place it names. */
export function QueryFailure({ failure, settings }: Props): ReactElement {
  if (failure.code !== "query_refused") return <FailureCallout failure={failure} settings={settings} />;
  const { title, next } = checkFailureCopy(failure, typedFacts(settings));
  const { line, column } = failure.facts;
  return (
    <Callout kind="danger" role="alert" title={title}>
      <p className={classes.words}>
        {line !== undefined && column !== undefined && <strong>{tableCopy.place(line, column)} </strong>}
        {failure.detail}
      </p>
      <p>{next}</p>
    </Callout>
  );
}
