import { Link, useRouterState } from "@tanstack/react-router";
import type { ReactElement } from "react";
import classes from "./app-layout.module.css";

type Props = {
  readonly to: "/" | "/connections" | "/settings";
  /** Where the pages of this section live when their addresses do not begin with `to`. */
  readonly section?: string;
  readonly children: string;
};

/** A link of the main navigation; it stays marked on every page of its section. */
export function NavLink({ to, section = to, children }: Props): ReactElement {
  const within = useRouterState({
    select: ({ location }) => location.pathname === to || location.pathname.startsWith(`${section}/`),
  });
  return (
    <Link to={to} className={classes.link} data-within={within || undefined} activeOptions={{ exact: true }}>
      {children}
    </Link>
  );
}
