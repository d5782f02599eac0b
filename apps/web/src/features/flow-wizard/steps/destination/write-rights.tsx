import type { Stream } from "@headgate/contract";
import type { ReactElement } from "react";
import { quoteIdentifier } from "../../../../lib/messages/admin-message.ts";
import { Callout } from "../../../../ui/callout.tsx";
import { CopyButton } from "../../../../ui/copy-button.tsx";
import { quotedTable } from "../../sql-names.ts";
import { destinationCopy } from "./copy.ts";
import classes from "./destination.module.css";

type Props = { readonly table: Stream; readonly user: string };

/** Says before anything runs that rows could not be written, with the line that changes it. */
export function WriteRights({ table, user }: Props): ReactElement | null {
  const missing = (["select", "insert", "update"] as const).filter((right) => !table.may[right]);
  if (missing.length === 0) return null;
  const rights = missing.map((right) => right.toUpperCase()).join(", ");
  const sql = `GRANT ${rights} ON TABLE ${quotedTable(table)} TO ${quoteIdentifier(user)};`;
  return (
    <div className={classes.after}>
      <Callout
        kind="warning"
        role="status"
        title={destinationCopy.mayNotWriteTitle(table.name)}
        actions={<CopyButton text={sql} describe={destinationCopy.copyGrant} />}
      >
        <p>{destinationCopy.mayNotWrite}</p>
        <pre className={classes.sql}>{sql}</pre>
      </Callout>
    </div>
  );
}
