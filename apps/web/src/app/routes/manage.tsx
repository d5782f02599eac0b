import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { pageRoute } from "./page.ts";
import { signedInRoute } from "./signed-in.tsx";

const pages = () => import("../../features/connections/pages/connections-page.tsx");
const ConnectionsPage = lazyRouteComponent(pages, "ConnectionsPage");
const NewConnectionPage = lazyRouteComponent(
  () => import("../../features/connections/pages/new-connection-page.tsx"),
  "NewConnectionPage",
);
const ConnectionPage = lazyRouteComponent(
  () => import("../../features/connections/pages/connection-page.tsx"),
  "ConnectionPage",
);
const SettingsPage = lazyRouteComponent(() => import("../../features/settings/settings-page.tsx"), "SettingsPage");

export const connectionsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/connections",
  component: pageRoute(ConnectionsPage, function Connections() {
    return <ConnectionsPage />;
  }),
});

export const newConnectionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/connections/new",
  component: pageRoute(NewConnectionPage, function NewConnection() {
    return <NewConnectionPage />;
  }),
});

export const connectionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/connections/$connectionId",
  component: pageRoute(ConnectionPage, function OneConnection() {
    const { connectionId } = connectionRoute.useParams();
    return <ConnectionPage key={connectionId} connectionId={connectionId} />;
  }),
});

export const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings",
  component: pageRoute(SettingsPage, function Settings() {
    return <SettingsPage />;
  }),
});
