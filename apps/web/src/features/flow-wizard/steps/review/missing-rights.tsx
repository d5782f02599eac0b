import { destinationAnswersSchema, type Draft, type DryRun, type GrantRequest } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { GrantHelper } from "../../../connections/grants/grant-helper.tsx";
import { connectionQueries } from "../../../connections/queries.ts";
import { destinationGrants, sourceGrants } from "../../draft-grants.ts";
import { writtenQuery } from "../../source-query.ts";

type Failure = Extract<DryRun, { status: "failed" }>["failure"];
type Props = { readonly draft: Draft; readonly failure: Failure };

/** The grant helper for a dry run that failed for want of a right; nothing for any other failure. */
export function MissingRights({ draft, failure }: Props): ReactElement | null {
  const asked = grantsOfDryRun(draft, failure);
  const connection = useQuery({
    ...connectionQueries.database(asked?.connectionId ?? ""),
    enabled: asked !== undefined,
  });
  if (!asked || !connection.data) return null;
  return <GrantHelper connection={connection.data} request={asked.request} />;
}

type Asked = { readonly connectionId: string; readonly request: GrantRequest };

function grantsOfDryRun(draft: Draft, { origin, code, facts }: Failure): Asked | undefined {
  const closed = facts.reason === "database_forbidden";
  if (origin === "source" && (code === "source_forbidden" || code === "rows_hidden" || closed)) {
    const { connectionId } = draft.steps.credentials ?? {};
    // Which tables a query reads only the database knows.
    return connectionId === undefined || writtenQuery(draft.steps.table)
      ? undefined
      : { connectionId, request: sourceGrants(draft) };
  }
  if (code === "destination_forbidden" || code === "state_forbidden" || (closed && origin === "destination")) {
    const answers = destinationAnswersSchema.safeParse(draft.steps.destination).data;
    return answers?.kind === "postgres"
      ? { connectionId: answers.connectionId, request: destinationGrants(answers, draft) }
      : undefined;
  }
  return undefined;
}
