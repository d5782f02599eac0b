import { useId, useState, type KeyboardEvent, type ReactElement } from "react";
import classes from "./bar-chart.module.css";

export type Bar = {
  readonly key: string;
  readonly value: number;
  readonly tone: "good" | "warning" | "bad" | "stopped" | "busy";
  /** The bar in words: "21 Nov, 09:30, succeeded, 1,204 rows". */
  readonly words: string;
};

type Props = {
  readonly label: string;
  /** Oldest first. */
  readonly bars: readonly Bar[];
  /** Room for this many bars, so that a short history does not become a few fat blocks. */
  readonly slots?: number;
  /** Shown below while no bar is looked at. */
  readonly hint: string;
  readonly onOpen: (key: string) => void;
};

/** A bar of nothing is still something that happened. */
const leastPercent = 5;

/** Bars by size and result. One stop for the Tab key; arrows walk through the bars and Enter opens one. */
export function BarChart({ label, bars, slots = 30, hint, onOpen }: Props): ReactElement {
  const id = useId();
  const [at, setAt] = useState<number>();
  const top = Math.max(1, ...bars.map((bar) => bar.value));
  const current = at === undefined ? undefined : bars[at];

  function move(event: KeyboardEvent): void {
    const last = bars.length - 1;
    const next = {
      ArrowLeft: Math.max(0, (at ?? bars.length) - 1),
      ArrowRight: Math.min(last, (at ?? -1) + 1),
      Home: 0,
      End: last,
    }[event.key];
    if (next !== undefined) setAt(next);
    else if ((event.key === "Enter" || event.key === " ") && current) onOpen(current.key);
    else return;
    event.preventDefault();
  }

  return (
    <div className={classes.chart}>
      <div
        className={classes.frame}
        role="listbox"
        aria-orientation="horizontal"
        aria-label={label}
        aria-activedescendant={current ? `${id}${current.key}` : undefined}
        tabIndex={0}
        onKeyDown={move}
        onFocus={() => setAt((was) => was ?? bars.length - 1)}
        onBlur={() => setAt(undefined)}
        onMouseLeave={() => setAt(undefined)}
      >
        {Array.from({ length: Math.max(0, slots - bars.length) }, (_, index) => (
          <div key={`room-${index}`} className={classes.slot} role="presentation">
            <div className={classes.room} />
          </div>
        ))}
        {bars.map((bar, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list around the bars takes focus and keys
          <div
            key={bar.key}
            id={`${id}${bar.key}`}
            className={classes.slot}
            role="option"
            aria-selected={at === index}
            aria-label={bar.words}
            data-current={at === index || undefined}
            onMouseEnter={() => setAt(index)}
            onClick={() => onOpen(bar.key)}
          >
            <div
              className={classes.bar}
              data-tone={bar.tone}
              style={{ height: `${Math.max(leastPercent, (bar.value / top) * 100)}%` }}
            />
          </div>
        ))}
      </div>
      <p className={classes.words} aria-hidden>
        {current?.words ?? hint}
      </p>
    </div>
  );
}
