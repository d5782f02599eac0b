import type { CheckFailure, PostgresConnection, GrantRequest } from "@headgate/contract";
import { useId, useState, type ReactElement } from "react";
import { RadioCard, RadioCards } from "../../../ui/radio-cards.tsx";
import { grantCopy } from "./copy.ts";
import { GrantHelper } from "./grant-helper.tsx";
import { grantsToAsk } from "./grants-to-ask.ts";
import classes from "./grant-helper.module.css";

type Props = {
  readonly connection: PostgresConnection;
  readonly failure: CheckFailure;
  readonly plays?: GrantRequest["role"];
};

/** The grant helper for a check that failed for want of a right; nothing for any other failure. */
export function GrantsForFailure({ connection, failure, plays = "source" }: Props): ReactElement | null {
  const id = useId();
  const [scope, setScope] = useState("table");
  const request = grantsToAsk(failure, plays);
  if (!request) return null;
  const { schema, name } = request.table;
  if (request.role === "destination" || name === undefined)
    return <GrantHelper connection={connection} request={request} />;
  return (
    <div className={classes.helper}>
      <RadioCards legend={grantCopy.scopeLegend} name={id} value={scope} columns={2} onChange={setScope}>
        <RadioCard value="table" title={grantCopy.oneTable(name)} />
        <RadioCard value="schema" title={grantCopy.wholeSchema(schema)} />
      </RadioCards>
      <GrantHelper connection={connection} request={scope === "schema" ? { ...request, table: { schema } } : request} />
    </div>
  );
}
