import type { Connection } from "@headgate/contract";
import { isBroken } from "@headgate/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { attentionTitle } from "../../../lib/messages/attention.ts";
import { DataTable, type Column } from "../../../ui/data-table.tsx";
import { RowName } from "../../../ui/row-name.tsx";
import { useNow } from "../../../ui/relative-time.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { KindIcon } from "../kind-icon.tsx";
import { kindWords } from "../kind-words.ts";
import { placeWords } from "../place-words.ts";
import { ConnectionMarks } from "./connection-marks.tsx";
import classes from "./connection-table.module.css";
import { ConnectionUse } from "./connection-use.tsx";
import { pagesCopy } from "./copy.ts";
import { RowCheck } from "./row-check.tsx";
import { withAttention, type ConnectionRow } from "./with-attention.ts";

const columns: readonly Column<ConnectionRow>[] = [
  {
    key: "name",
    header: "Connection",
    rowHeader: true,
    cell: ({ connection, attention }) => (
      <RowName
        link={
          <Link to="/connections/$connectionId" params={{ connectionId: connection.id }}>
            {connection.name}
          </Link>
        }
      >
        <ConnectionMarks connection={connection} />
        <Attention attention={attention} />
      </RowName>
    ),
  },
  {
    key: "address",
    header: "Leads to",
    cell: ({ connection }) => (
      <span className={classes.address}>
        <span className={classes.kind}>
          <KindIcon kind={connection.kind} size={17} />
          {connection.kind === "postgres" ? connection.settings.database : kindWords[connection.kind].title}
        </span>
        <span className={classes.quiet}>{whereTo(connection)}</span>
      </span>
    ),
  },
  { key: "check", header: "Last test", cell: ({ connection }) => <RowCheck connection={connection} /> },
  { key: "flows", header: "Used by", cell: ({ connection }) => <ConnectionUse connection={connection} /> },
];

function whereTo({ settings }: Connection): string {
  return "tlsMode" in settings ? `${settings.user} at ${settings.host}:${settings.port}` : placeWords(settings);
}

/** The connections with those first that somebody should look at. */
export function ConnectionTable({ connections }: { readonly connections: readonly Connection[] }): ReactElement {
  const now = useNow(60_000);
  return (
    <DataTable
      caption="Saved connections"
      columns={columns}
      rows={withAttention(connections, now)}
      rowKey={({ connection }) => connection.id}
    />
  );
}

/** What the last test said stands beside it, so only what ends is spelt out here. */
function Attention({ attention }: Pick<ConnectionRow, "attention">): ReactElement | null {
  if (attention.length === 0) return null;
  return (
    <div className={classes.attention}>
      <StatusBadge look={isBroken(attention) ? "bad" : "warning"}>{pagesCopy.attention}</StatusBadge>
      {attention
        .filter(({ reason }) => reason === "expiry")
        .map((reason) => (
          <span key={attentionTitle(reason)} className={classes.reason}>
            {attentionTitle(reason)}
          </span>
        ))}
    </div>
  );
}
