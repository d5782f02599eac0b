import type { StepId, User } from "@headgate/contract";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
  useParams,
  useSearch,
} from "@tanstack/react-router";
import { configure, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { theme } from "../../app/theme/theme.ts";
import { createQueryClient } from "../../lib/query-client.ts";
import { sessionQuery } from "../../lib/session-query.ts";
import { wizardSearch, type WizardSearch } from "../../features/flow-wizard/search.ts";
import { WizardPage } from "../../features/flow-wizard/wizard-page.tsx";

// The steps are fetched when they are first opened, which on a busy machine takes more than the usual second.
configure({ asyncUtilTimeout: 5000 });

/** Opens the wizard at a step, with real pages to go to before and after it. */
export async function renderWizard(draftId: string, step: StepId, search: WizardSearch = {}, signedIn?: User) {
  const root = createRootRoute({ component: Outlet });
  const wizard = createRoute({
    getParentRoute: () => root,
    path: "/flows/drafts/$draftId/$step",
    validateSearch: wizardSearch,
    component: function Wizard() {
      const { draftId: id, step: at } = useParams({ strict: false }) as { draftId: string; step: string };
      return <WizardPage draftId={id} step={at} search={useSearch({ strict: false }) as WizardSearch} />;
    },
  });
  const place = (path: string, title: string) =>
    createRoute({ getParentRoute: () => root, path, component: () => <h1>{title}</h1> });
  const routeTree = root.addChildren([wizard, place("/", "Flows"), place("/flows/$flowId", "The flow")]);
  const query = new URLSearchParams(search as Record<string, string>).toString();
  const history = createMemoryHistory({ initialEntries: [`/flows/drafts/${draftId}/${step}?${query}`] });
  const router = createRouter({ routeTree, history });
  await router.load();
  const person = userEvent.setup();
  const client = createQueryClient();
  if (signedIn) client.setQueryData(sessionQuery().queryKey, signedIn);
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { person, router };
}
