import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconLoader2,
  IconPlayerPause,
  IconPlayerStop,
  type Icon,
} from "@tabler/icons-react";
import type { ReactElement } from "react";
import classes from "./status-badge.module.css";

const looks = {
  good: IconCircleCheck,
  busy: IconLoader2,
  waiting: IconClock,
  warning: IconAlertTriangle,
  bad: IconCircleX,
  paused: IconPlayerPause,
  stopped: IconPlayerStop,
} as const satisfies Record<string, Icon>;

export type StatusLook = keyof typeof looks;

type Props = { readonly look: StatusLook; readonly children: string };

/** A state as icon and word, so that nobody has to tell colours apart. */
export function StatusBadge({ look, children }: Props): ReactElement {
  const Look = looks[look];
  return (
    <span className={classes.badge} data-look={look}>
      <Look className={classes.icon} size={16} stroke={2.1} aria-hidden />
      {children}
    </span>
  );
}
