import { createRoute, redirect } from "@tanstack/react-router";
import { peopleQueries } from "../../features/people/queries.ts";
import { AppLayout } from "../layout/app-layout.tsx";
import { AppCrash } from "../layout/page-crash.tsx";
import { rootRoute } from "./root.tsx";

/** Everything behind the door: without a session it leads to sign-in, which leads back. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const user = await context.queryClient.ensureQueryData(peopleQueries.session());
    if (!user) throw redirect({ to: "/sign-in", search: { returnTo: location.href } });
    return { user };
  },
  component: AppLayout,
  errorComponent: AppCrash,
});
