import type { ReactElement, ReactNode } from "react";
import classes from "./page-header.module.css";
import { usePageTitle } from "./page-title.ts";

type Props = {
  readonly title: string;
  /** What the browser tab says, when it should say more than the heading. */
  readonly tabTitle?: string | undefined;
  readonly lead?: ReactNode;
  /** Small things above the heading: a way back, a breadcrumb. */
  readonly above?: ReactNode;
  readonly actions?: ReactNode;
};

/** The page's one `h1`; it takes the focus after each navigation (see `app/layout/navigation-focus.tsx`). */
export function PageHeader({ title, tabTitle, lead, above, actions }: Props): ReactElement {
  usePageTitle(tabTitle ?? title);
  return (
    <header className={classes.header}>
      {above && <div className={classes.above}>{above}</div>}
      <div className={classes.row}>
        <div className={classes.words}>
          <h1 tabIndex={-1} className={classes.title}>
            {title}
          </h1>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </header>
  );
}
