import type { ReactElement, ReactNode } from "react";
import { useId } from "react";
import classes from "./section-card.module.css";

type Props = {
  readonly title?: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** A white sheet on the page's ground, named by its heading. */
export function SectionCard({ title, description, actions, children }: Props): ReactElement {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <div className={classes.head}>
          <div className={classes.words}>
            {title && (
              <h2 id={id} className={classes.title}>
                {title}
              </h2>
            )}
            {description && <div className={classes.description}>{description}</div>}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
