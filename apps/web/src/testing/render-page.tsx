import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { configure, render, type RenderResult } from "@testing-library/react";
import type { ReactElement } from "react";
import { cssVariablesResolver } from "../app/theme/css-variables.ts";
import { theme } from "../app/theme/theme.ts";
import { createQueryClient } from "../lib/query-client.ts";

// Windows are fetched when they are first opened, which on a busy machine takes more than the usual second.
configure({ asyncUtilTimeout: 5000 });

/** Shows an element as the app would: themed, with a cache of its own and a router that knows no pages. */
export async function renderPage(element: ReactElement): Promise<RenderResult> {
  const root = createRootRoute({ component: () => element, notFoundComponent: () => element });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ["/"] }) });
  const queryClient = createQueryClient();
  await router.load();
  return render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}
