import type { Schedule } from "@headgate/contract";
import { describeSchedule, nextRuns, validateSchedule } from "@headgate/core";
import { useEffect, useMemo, useState, type ReactElement } from "react";
import { scheduleCopy } from "./copy.ts";
import { clockChange, fromNow, wallClock } from "./run-times.ts";
import classes from "./schedule.module.css";

const shownRuns = 5;

/** The schedule as a sentence, and its next runs as they will really come. */
export function NextRuns({ schedule }: { readonly schedule: Schedule | undefined }): ReactElement {
  const now = useMinute();
  const text = JSON.stringify(schedule ?? null);
  const runs = useMemo(() => {
    const known = JSON.parse(text) as Schedule | null;
    return known && validateSchedule(known).length === 0 ? nextRuns(known, now, shownRuns) : [];
  }, [text, now]);

  if (!schedule || validateSchedule(schedule).length > 0) return <p className={classes.dim}>{scheduleCopy.notReady}</p>;
  const sentence = <p className={classes.sentence}>{describeSchedule(schedule)}</p>;
  if (schedule.kind === "manual") {
    return (
      <>
        {sentence}
        <p className={classes.dim}>{scheduleCopy.manual}</p>
      </>
    );
  }
  const { timeZone } = schedule;
  return (
    <>
      <div role="status">{sentence}</div>
      {runs.length === 0 && <p className={classes.dim}>{scheduleCopy.never}</p>}
      <ol className={classes.runs} aria-label={scheduleCopy.nextRuns}>
        {runs.map((run, index) => {
          const change = clockChange(runs[index - 1] ?? now, run, timeZone);
          return (
            <li key={run.getTime()} className={classes.run}>
              <time dateTime={run.toISOString()}>{wallClock(run, timeZone)}</time>
              <span className={classes.dim}>{fromNow(run, now)}</span>
              {change && <span className={classes.change}>{change}</span>}
            </li>
          );
        })}
      </ol>
      <p className={classes.dim}>{scheduleCopy.timesIn(timeZone.replaceAll("_", " "))}</p>
    </>
  );
}

/** The present moment, renewed every minute. */
function useMinute(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
