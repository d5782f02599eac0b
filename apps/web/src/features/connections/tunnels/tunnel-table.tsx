import type { Tunnel } from "@headgate/contract";
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { DataTable, type Column } from "../../../ui/data-table.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { methodWords, tunnelListCopy } from "./copy.ts";
import { shortFingerprint } from "./fingerprint.tsx";
import classes from "./tunnel-section.module.css";

type Props = {
  readonly tunnels: readonly Tunnel[];
  readonly onOpen: (tunnel: Tunnel, start: "details" | "keys") => void;
  readonly onDelete: (tunnel: Tunnel) => void;
};

const { columns: headers } = tunnelListCopy;

const facts: readonly Column<Tunnel>[] = [
  {
    key: "name",
    header: headers.name,
    rowHeader: true,
    cell: ({ name }) => <span className={classes.name}>{name}</span>,
  },
  {
    key: "server",
    header: headers.server,
    cell: ({ user, host, port, method }) => (
      <span className={classes.lines}>
        {user}@{host}:{port}
        <span className={classes.quiet}>{methodWords[method]}</span>
      </span>
    ),
  },
  {
    key: "key",
    header: headers.key,
    cell: ({ hostKey }) =>
      hostKey ? (
        <span className={classes.code}>{shortFingerprint(hostKey.fingerprint)}</span>
      ) : (
        <StatusBadge look="waiting">{tunnelListCopy.noKey}</StatusBadge>
      ),
  },
  {
    key: "usedBy",
    header: headers.usedBy,
    cell: ({ connectionNames: names }) =>
      names.length === 0 ? <span className={classes.quiet}>{tunnelListCopy.unused}</span> : names.join(", "),
  },
];

/** Every tunnel with where it goes, whose key it trusts and who uses it. */
export function TunnelTable({ tunnels, onOpen, onDelete }: Props): ReactElement {
  const action = (tunnel: Tunnel, label: string, act: () => void) => (
    <Button size="compact-md" variant="subtle" aria-label={tunnelListCopy.describe(label, tunnel.name)} onClick={act}>
      {label}
    </Button>
  );
  const actions: Column<Tunnel> = {
    key: "actions",
    header: headers.actions,
    hideHeader: true,
    align: "right",
    cell: (tunnel) => (
      <span className={classes.actions}>
        {action(tunnel, tunnelListCopy.keys, () => onOpen(tunnel, "keys"))}
        {action(tunnel, tunnelListCopy.edit, () => onOpen(tunnel, "details"))}
        {action(tunnel, tunnelListCopy.remove, () => onDelete(tunnel))}
      </span>
    ),
  };
  return (
    <DataTable
      caption={tunnelListCopy.caption}
      columns={[...facts, actions]}
      rows={tunnels}
      rowKey={(tunnel) => tunnel.id}
    />
  );
}
