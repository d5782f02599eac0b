import type { GrantRequest } from "@headgate/contract";
import type { ReactElement } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { policyCopy, policyCopyButton } from "./copy.ts";
import classes from "./grant-list.module.css";

type Props = { readonly role: GrantRequest["role"]; readonly user: string; readonly sql: string };

/** Why grants are not enough where row security is on, and what the table's owner can do. */
export function PolicyNote({ role, user, sql }: Props): ReactElement {
  const { title, text, aside } = policyCopy[role];
  return (
    <Callout kind="warning" title={title} actions={<CopyButton text={sql} label={policyCopyButton} />}>
      <p>{text(user)}</p>
      <code className={classes.sql}>{sql}</code>
      <p>{aside}</p>
    </Callout>
  );
}
