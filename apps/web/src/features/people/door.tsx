import type { ReactElement, ReactNode } from "react";
import { PageHeader } from "../../ui/page-header.tsx";
import classes from "./door.module.css";

type Props = {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of the pages before sign-in: one sheet in the middle. */
export function Door({ title, lead, children }: Props): ReactElement {
  return (
    <main className={classes.page}>
      <div className={classes.sheet}>
        <p className={classes.brand}>
          <img src="/logo.svg" alt="" width={34} height={34} />
          Headgate
        </p>
        <PageHeader title={title} lead={lead} />
        {children}
      </div>
    </main>
  );
}
