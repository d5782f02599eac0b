import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { NotFoundPage } from "./layout/not-found-page.tsx";
import { PageCrash } from "./layout/page-crash.tsx";
import { PagePending } from "./layout/page-pending.tsx";
import { rootRoute } from "./routes/root.tsx";
import { connectionRoute, connectionsRoute, newConnectionRoute, settingsRoute } from "./routes/manage.tsx";
import { draftRoute, flowRoute, flowsRoute, runRoute } from "./routes/flows.tsx";
import { setupRoute, signInRoute } from "./routes/people.tsx";
import { signedInRoute } from "./routes/signed-in.tsx";

const routeTree = rootRoute.addChildren([
  setupRoute,
  signInRoute,
  signedInRoute.addChildren([
    flowsRoute,
    draftRoute,
    flowRoute,
    runRoute,
    connectionsRoute,
    newConnectionRoute,
    connectionRoute,
    settingsRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: "intent",
    // Freshness is the query cache's business.
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PagePending,
    defaultPendingMs: 150,
    defaultErrorComponent: PageCrash,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
