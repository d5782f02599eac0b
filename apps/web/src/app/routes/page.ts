import type { AsyncRouteComponent, RouteComponent } from "@tanstack/react-router";

/**
 * A route's component that hands parameters to a page of a feature as props. It lets the router fetch the page's code
 * while the link is still being hovered over, and before it shows the route.
 */
export function pageRoute<Props>(page: AsyncRouteComponent<Props>, component: RouteComponent): RouteComponent {
  return Object.assign(component, page.preload && { preload: page.preload });
}
