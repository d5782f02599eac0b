import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import type { ReactElement, ReactNode } from "react";
import classes from "./callout.module.css";

const kinds = {
  info: { Icon: IconInfoCircle, word: "Note" },
  success: { Icon: IconCircleCheck, word: "Done" },
  warning: { Icon: IconAlertTriangle, word: "Careful" },
  danger: { Icon: IconCircleX, word: "Problem" },
} as const;

export type CalloutKind = keyof typeof kinds;

type Props = {
  readonly kind: CalloutKind;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Folded away below the actions, so that unfolding it moves no button. */
  readonly folds?: ReactNode;
  /** `alert` speaks up at once, `status` when the reader has a pause; leave out what was there from the start. */
  readonly role?: "alert" | "status";
  readonly className?: string | undefined;
};

/** A few words set apart from the page: icon, tone and, for those who see neither, a leading word. */
export function Callout({ kind, title, children, actions, folds, role, className }: Props): ReactElement {
  const { Icon, word } = kinds[kind];
  return (
    <div className={[classes.callout, className].filter(Boolean).join(" ")} data-kind={kind} role={role}>
      <Icon className={classes.icon} size={22} stroke={1.8} aria-hidden />
      <div className={classes.body}>
        <span className="visually-hidden">{word}: </span>
        {title && <p className={classes.title}>{title}</p>}
        {children && <div className={classes.text}>{children}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
        {folds && <div className={classes.text}>{folds}</div>}
      </div>
    </div>
  );
}
