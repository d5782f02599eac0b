import { Link, Outlet } from "@tanstack/react-router";
import { lazy, Suspense, type ReactElement } from "react";
import { useSessionEnded } from "../../lib/session-ended.ts";
import classes from "./app-layout.module.css";
import { Logo } from "./logo.tsx";
import { NavLink } from "./nav-link.tsx";
import { UnreachableBanner } from "./unreachable-banner.tsx";
import { UserMenu } from "./user-menu.tsx";

const SessionEndedDialog = lazy(async () => ({
  default: (await import("./session-ended-dialog.tsx")).SessionEndedDialog,
}));

/** The frame around every page behind sign-in. */
export function AppLayout(): ReactElement {
  const ended = useSessionEnded();
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link to="/" className={classes.brand} aria-label="Headgate home">
            <Logo />
            <span>Headgate</span>
          </Link>
          <nav className={classes.nav} aria-label="Main">
            <NavLink to="/" section="/flows">
              Flows
            </NavLink>
            <NavLink to="/connections">Connections</NavLink>
            <NavLink to="/settings">Settings</NavLink>
          </nav>
          <div className={classes.user}>
            <UserMenu />
          </div>
        </div>
      </header>
      <UnreachableBanner />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense fallback={null}>{ended && <SessionEndedDialog />}</Suspense>
    </>
  );
}
