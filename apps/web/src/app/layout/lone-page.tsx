import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import classes from "./lone-page.module.css";
import { Logo } from "./logo.tsx";

/** The frame of pages that stand outside the layout. */
export function LonePage({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <main className={classes.page}>
      <Link to="/" className={classes.brand}>
        <Logo /> Headgate
      </Link>
      {children}
    </main>
  );
}
