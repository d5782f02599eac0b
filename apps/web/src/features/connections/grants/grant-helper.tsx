import type { PostgresConnection, GrantRequest } from "@headgate/contract";
import { Button, Group, Loader } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { SectionCard } from "../../../ui/section-card.tsx";
import { Skeletons } from "../../../ui/skeletons.tsx";
import { FailureCallout } from "../check/failure-callout.tsx";
import { grantCopy } from "./copy.ts";
import { GrantList } from "./grant-list.tsx";
import { grantMessage } from "./grant-message.ts";
import { missingCount, scriptOf, summaryOf } from "./grant-state.ts";
import { MessageFold } from "./message-fold.tsx";
import { PolicyNote } from "./policy-note.tsx";
import { useGrants } from "./use-grants.ts";
import classes from "./grant-helper.module.css";

type Props = {
  readonly connection: PostgresConnection;
  readonly request: GrantRequest;
  /** A card of its own that is not there unless something is missing; then it stays, so that the ticks can be seen. */
  readonly onlyWhenMissing?: boolean;
};

/** The script for the administrator, each line with whether the database already grants it. */
export function GrantHelper(props: Props): ReactElement {
  const { id, revision } = props.connection;
  // Another question begins with a clean sheet.
  return <Grants key={JSON.stringify([id, revision, props.request])} {...props} />;
}

function Grants({ connection, request, onlyWhenMissing = false }: Props): ReactElement | null {
  const { grants, news, again } = useGrants(connection, request);
  const [shown, setShown] = useState(!onlyWhenMissing);
  const found = grants.data?.status === "succeeded" ? grants.data : undefined;
  const missing = found ? missingCount(found.lines) : 0;
  if (!shown && (missing > 0 || found?.rowSecurity)) setShown(true);

  const button = (
    // Not switched off while it works: that would take the focus from whoever uses the keyboard.
    <Button
      size="sm"
      variant="default"
      aria-disabled={grants.isFetching}
      leftSection={grants.isFetching ? <Loader size={16} /> : <IconRefresh size={16} aria-hidden />}
      onClick={() => void (grants.isFetching || again())}
    >
      {grantCopy.again}
    </Button>
  );
  if (grants.isPending) return onlyWhenMissing ? null : <Skeletons lines={4} label={grantCopy.loading} />;
  if (grants.isError) return <ErrorCallout error={grants.error} actions={button} />;
  if (grants.data.status === "failed")
    return <FailureCallout failure={grants.data.failure} settings={connection.settings} actions={button} />;
  if (!shown) return null;
  const { lines, user, rowSecurity } = grants.data;
  const content = (
    <div className={classes.helper}>
      <Callout kind={missing === 0 ? "success" : "warning"} title={summaryOf(lines)}>
        {missing > 0 && <p>{grantCopy.intro(user)}</p>}
      </Callout>
      <GrantList lines={lines} />
      <Group gap="sm">
        <CopyButton text={scriptOf(lines)} label={missing === 0 ? grantCopy.copy : grantCopy.copyMissing} />
        {button}
      </Group>
      <p role="status" className={classes.news}>
        {news}
      </p>
      {missing > 0 && <MessageFold text={grantMessage(lines, { ...connection.settings, user })} />}
      {rowSecurity && <PolicyNote plays={request.role} user={user} sql={rowSecurity.sql} />}
    </div>
  );
  if (onlyWhenMissing) return <SectionCard title={grantCopy.title}>{content}</SectionCard>;
  return <section aria-label={grantCopy.title}>{content}</section>;
}
