import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
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
  component: function Connections() {
    return <ConnectionsPage />;
  },
});

export const newConnectionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/connections/new",
  component: function NewConnection() {
    return <NewConnectionPage />;
  },
});

export const connectionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/connections/$connectionId",
  component: function OneConnection() {
    const { connectionId } = connectionRoute.useParams();
    return <ConnectionPage key={connectionId} connectionId={connectionId} />;
  },
});

export const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings",
  component: function Settings() {
    return <SettingsPage />;
  },
});
