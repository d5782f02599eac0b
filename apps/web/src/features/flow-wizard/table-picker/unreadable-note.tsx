import type { ReactElement } from "react";
import { quoteIdentifier } from "../../../lib/messages/admin-message.ts";
import { Callout } from "../../../ui/callout.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { quotedTable } from "../sql-names.ts";
import { pickerCopy } from "./copy.ts";
import type { TableItem } from "./table-search.ts";
import classes from "./unreadable-note.module.css";

type Props = { readonly item: TableItem; readonly user: string };

/** Why a listed table cannot be chosen, and the two lines with which an administrator changes that. */
export function UnreadableNote({ item, user }: Props): ReactElement {
  const role = quoteIdentifier(user);
  const sql = [
    `GRANT USAGE ON SCHEMA ${quoteIdentifier(item.schema)} TO ${role};`,
    `GRANT SELECT ON TABLE ${quotedTable(item)} TO ${role};`,
  ].join("\n");
  return (
    <Callout
      kind="warning"
      role="status"
      title={pickerCopy.unreadableTitle(item.name)}
      actions={<CopyButton text={sql} describe={pickerCopy.copyGrant} />}
    >
      <p>{pickerCopy.unreadableReason}</p>
      <p>{pickerCopy.grantIntro}</p>
      <pre className={classes.sql}>{sql}</pre>
    </Callout>
  );
}
