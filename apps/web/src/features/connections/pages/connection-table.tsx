import type { Connection } from "@headgate/contract";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { countOf } from "../../../lib/format/numbers.ts";
import { DataTable, type Column } from "../../../ui/data-table.tsx";
import classes from "./connection-table.module.css";
import { LastCheck } from "./last-check.tsx";

const columns: readonly Column<Connection>[] = [
  {
    key: "name",
    header: "Connection",
    rowHeader: true,
    cell: (connection) => (
      <div className={classes.name}>
        <Link to="/connections/$connectionId" params={{ connectionId: connection.id }} className={classes.link}>
          {connection.name}
        </Link>
        {connection.practice && <span className={classes.quiet}>Sample data, built in</span>}
      </div>
    ),
  },
  {
    key: "address",
    header: "Database",
    cell: ({ settings }) => (
      <span className={classes.address}>
        {settings.database}
        <span className={classes.quiet}>
          {settings.user} at {settings.host}:{settings.port}
        </span>
      </span>
    ),
  },
  { key: "check", header: "Last test", cell: (connection) => <LastCheck connection={connection} /> },
  {
    key: "flows",
    header: "Used by",
    cell: ({ flowNames }) =>
      flowNames.length === 0 ? <span className={classes.quiet}>No flow</span> : countOf(flowNames.length, "flow"),
  },
];

export function ConnectionTable({ connections }: { readonly connections: readonly Connection[] }): ReactElement {
  return (
    <DataTable
      caption="Saved connections"
      columns={columns}
      rows={connections}
      rowKey={(connection) => connection.id}
    />
  );
}
