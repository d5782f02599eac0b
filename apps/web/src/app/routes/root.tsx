import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { AppCrash } from "../layout/page-crash.tsx";
import { NavigationFocus } from "../layout/navigation-focus.tsx";

export type RouterContext = { readonly queryClient: QueryClient };

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  errorComponent: AppCrash,
  component: function Root() {
    return (
      <>
        <NavigationFocus />
        <Outlet />
      </>
    );
  },
});
