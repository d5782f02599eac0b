import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { signedInRoute } from "./signed-in.tsx";

const FlowsPage = lazyRouteComponent(() => import("../../features/flows/flows-page.tsx"), "FlowsPage");
const FlowPage = lazyRouteComponent(() => import("../../features/flows/flow-page.tsx"), "FlowPage");
const RunPage = lazyRouteComponent(() => import("../../features/runs/run-page.tsx"), "RunPage");
const WizardPage = lazyRouteComponent(() => import("../../features/flow-wizard/wizard-page.tsx"), "WizardPage");

export const flowsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  component: function Flows() {
    return <FlowsPage />;
  },
});

export const draftRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/flows/drafts/$draftId/$step",
  component: function Draft() {
    const { draftId, step } = draftRoute.useParams();
    return <WizardPage draftId={draftId} step={step} />;
  },
});

export const flowRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/flows/$flowId",
  component: function OneFlow() {
    const { flowId } = flowRoute.useParams();
    return <FlowPage key={flowId} flowId={flowId} />;
  },
});

export const runRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/flows/$flowId/runs/$runId",
  component: function OneRun() {
    const { flowId, runId } = runRoute.useParams();
    return <RunPage key={runId} flowId={flowId} runId={runId} />;
  },
});
