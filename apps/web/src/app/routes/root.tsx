import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { NavigationFocus } from "../layout/navigation-focus.tsx";

export type RouterContext = { readonly queryClient: QueryClient };

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: function Root() {
    return (
      <>
        <NavigationFocus />
        <Outlet />
      </>
    );
  },
});
