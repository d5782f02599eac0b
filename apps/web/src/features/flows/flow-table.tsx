import type { Flow } from "@headgate/contract";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { RowName } from "../../ui/row-name.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { FlowAttention } from "./flow-attention.tsx";
import { FlowBadge } from "./flow-badge.tsx";
import { FlowRoute } from "./flow-route.tsx";
import classes from "./flow-table.module.css";
import { LastRun } from "./last-run.tsx";

const columns: readonly Column<Flow>[] = [
  {
    key: "flow",
    header: "Flow",
    rowHeader: true,
    cell: (flow) => (
      <RowName
        link={
          <Link to="/flows/$flowId" params={{ flowId: flow.id }}>
            {flow.name}
          </Link>
        }
      >
        <FlowRoute flow={flow} />
      </RowName>
    ),
  },
  {
    key: "status",
    header: "Status",
    cell: (flow) => (
      <div className={classes.status}>
        <FlowBadge flow={flow} />
        <FlowAttention flow={flow} />
      </div>
    ),
  },
  { key: "last", header: "Last run", cell: (flow) => <LastRun flow={flow} /> },
  { key: "next", header: "Next run", cell: (flow) => <NextRun flow={flow} /> },
];

export function FlowTable({ flows }: { readonly flows: readonly Flow[] }): ReactElement {
  return <DataTable caption="Your flows" columns={columns} rows={flows} rowKey={(flow) => flow.id} />;
}

function NextRun({ flow }: { readonly flow: Flow }): ReactElement {
  if (flow.paused) return <span className={classes.quiet}>Paused</span>;
  if (flow.nextRunAt) return <RelativeTime at={flow.nextRunAt} />;
  return <span className={classes.quiet}>Only by hand</span>;
}
