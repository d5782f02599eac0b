import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactElement } from "react";
import classes from "./back-link.module.css";

/** Dresses the link inside it as the way back. */
export function BackLink({ children }: { readonly children: ReactElement }): ReactElement {
  return (
    <span className={classes.back}>
      <IconArrowLeft size={18} aria-hidden />
      {children}
    </span>
  );
}
