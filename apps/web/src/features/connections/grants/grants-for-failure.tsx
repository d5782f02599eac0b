import type { CheckFailure, Connection } from "@headgate/contract";
import type { ReactElement } from "react";
import { GrantHelper } from "./grant-helper.tsx";

type Props = { readonly connection: Connection; readonly failure: CheckFailure };

/** The grant helper for a check that failed because one table may not be read; nothing for any other failure. */
export function GrantsForFailure({ connection, failure }: Props): ReactElement | null {
  const { schema, table } = failure.facts;
  if (failure.code !== "table_forbidden" || !schema || !table) return null;
  return <GrantHelper connection={connection} request={{ role: "source", table: { schema, name: table } }} />;
}
