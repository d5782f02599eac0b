import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { wizardSearch } from "../../features/flow-wizard/search.ts";
import { flowTabs, type FlowTab } from "../../features/flows/flow-tab-names.ts";
import { pageRoute } from "./page.ts";
import { signedInRoute } from "./signed-in.tsx";

const FlowsPage = lazyRouteComponent(() => import("../../features/flows/flows-page.tsx"), "FlowsPage");
const FlowPage = lazyRouteComponent(() => import("../../features/flows/flow-page.tsx"), "FlowPage");
const RunPage = lazyRouteComponent(() => import("../../features/runs/run-page.tsx"), "RunPage");
const WizardPage = lazyRouteComponent(() => import("../../features/flow-wizard/wizard-page.tsx"), "WizardPage");

export const flowsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  component: pageRoute(FlowsPage, function Flows() {
    return <FlowsPage />;
  }),
});

export const draftRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/flows/drafts/$draftId/$step",
  validateSearch: wizardSearch,
  component: pageRoute(WizardPage, function Draft() {
    const { draftId, step } = draftRoute.useParams();
    return <WizardPage draftId={draftId} step={step} search={draftRoute.useSearch()} />;
  }),
});

export const flowRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/flows/$flowId",
  validateSearch: (search: Record<string, unknown>): { tab?: FlowTab } => {
    const tab = flowTabs.find((known) => known === search.tab);
    return tab === undefined || tab === "runs" ? {} : { tab };
  },
  component: pageRoute(FlowPage, function OneFlow() {
    const { flowId } = flowRoute.useParams();
    const { tab = "runs" } = flowRoute.useSearch();
    const navigate = flowRoute.useNavigate();
    return (
      <FlowPage
        key={flowId}
        flowId={flowId}
        tab={tab}
        onTab={(next) => void navigate({ search: { tab: next }, replace: true })}
      />
    );
  }),
});

export const runRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/flows/$flowId/runs/$runId",
  component: pageRoute(RunPage, function OneRun() {
    const { flowId, runId } = runRoute.useParams();
    return <RunPage key={runId} flowId={flowId} runId={runId} />;
  }),
});
