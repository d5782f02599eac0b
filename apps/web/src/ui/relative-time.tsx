import { useEffect, useState, type ReactElement } from "react";
import { formatMoment, formatRelative } from "../lib/format/time.ts";

type Props = { readonly at: string };

/** "12 minutes ago", kept true while the page is open; the exact moment and zone show on hover. */
export function RelativeTime({ at }: Props): ReactElement {
  const now = useNow(15_000);
  const moment = new Date(at);
  return (
    <time dateTime={at} title={formatMoment(moment)}>
      {formatRelative(moment, now)}
    </time>
  );
}

/** The present moment, refreshed every `milliseconds`. */
export function useNow(milliseconds: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
  return now;
}
