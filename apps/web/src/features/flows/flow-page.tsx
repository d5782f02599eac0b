import type { Flow, Run } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { BackLink } from "../../ui/back-link.tsx";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";
import { Stacked } from "../../ui/stacked.tsx";
import { LiveRunCard } from "../runs/live-run-card.tsx";
import { useLiveRun } from "../runs/use-live-run.ts";
import { FlowActions } from "./flow-actions.tsx";
import { FlowAttentionCallouts } from "./flow-attention.tsx";
import { FlowBadge } from "./flow-badge.tsx";
import classes from "./flow-page.module.css";
import { FlowRoute } from "./flow-route.tsx";
import { FlowSentence } from "./flow-sentence.tsx";
import type { FlowTab } from "./flow-tab-names.ts";
import { FlowTabs } from "./flow-tabs.tsx";
import { LastRunCallout } from "./last-run-callout.tsx";
import { flowQueries } from "./queries.ts";
import { RereadCallout } from "./reread/reread-callout.tsx";

type Props = { readonly flowId: string; readonly tab: FlowTab; readonly onTab: (tab: FlowTab) => void };

export function FlowPage({ flowId, tab, onTab }: Props): ReactElement {
  const flow = useQuery(flowQueries.one(flowId));
  const back = (
    <BackLink>
      <Link to="/">All flows</Link>
    </BackLink>
  );
  if (!flow.data) {
    return (
      <>
        <PageHeader title="Flow" above={back} />
        {flow.error ? <ErrorCallout error={flow.error} /> : <Skeletons lines={6} label="Loading the flow" />}
      </>
    );
  }
  return (
    <Stacked>
      <PageHeader
        title={flow.data.name}
        above={back}
        lead={<Lead flow={flow.data} />}
        actions={<FlowActions flow={flow.data} />}
      />
      {flow.error && <ErrorCallout error={flow.error} />}
      <FlowAttentionCallouts flow={flow.data} />
      {flow.data.activeRun && <ActiveRun key={flow.data.activeRun.id} run={flow.data.activeRun} />}
      {!flow.data.activeRun && flow.data.lastRun && <LastRunCallout run={flow.data.lastRun} />}
      <RereadCallout flow={flow.data} />
      <FlowTabs flow={flow.data} tab={tab} onTab={onTab} />
    </Stacked>
  );
}

function Lead({ flow }: { readonly flow: Flow }): ReactElement {
  return (
    <div className={classes.lead}>
      <FlowRoute flow={flow} />
      <div className={classes.status}>
        <span>
          <FlowBadge flow={flow} />
        </span>
        <FlowSentence flow={flow} />
      </div>
    </div>
  );
}

function ActiveRun({ run }: { readonly run: Run }): ReactElement {
  const live = useLiveRun(run.id, run);
  return <LiveRunCard run={live.data ?? run} />;
}
