import type { PostgresConnection, GrantRequest } from "@headgate/contract";
import type { ReactElement } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { GrantHelper } from "../../connections/grants/grant-helper.tsx";
import { pickerCopy } from "./copy.ts";
import type { TableItem } from "./table-search.ts";
import classes from "./unreadable-note.module.css";

type Props = {
  readonly item: TableItem;
  readonly connection: PostgresConnection;
  /** What it is wanted for; nothing said: as a source. */
  readonly request?: Partial<GrantRequest>;
};

/** Why a listed table cannot be chosen, and the script with which an administrator changes that. */
export function UnreadableNote({ item, connection, request }: Props): ReactElement {
  const { schema, name } = item;
  return (
    <div className={classes.note}>
      <Callout kind="info" role="status" title={pickerCopy.unreadableTitle(name)}>
        {pickerCopy.unreadableReason}
      </Callout>
      <GrantHelper connection={connection} request={{ role: "source", table: { schema, name }, ...request }} />
    </div>
  );
}
