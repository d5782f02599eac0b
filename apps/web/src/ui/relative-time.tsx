import { useEffect, useState, type ReactElement } from "react";
import { formatMoment, formatRelative } from "../lib/format/time.ts";

type Props = { readonly at: string };

/** "12 minutes ago", kept true while the page is open; the exact moment and zone show on hover. */
export function RelativeTime({ at }: Props): ReactElement {
  const now = useNow(15_000, at);
  const moment = new Date(at);
  return (
    <time dateTime={at} title={formatMoment(moment)}>
      {formatRelative(moment, now)}
    </time>
  );
}

/** The present moment, refreshed every `milliseconds` and whenever what is compared with it changes. */
export function useNow(milliseconds: number, comparedWith?: string): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const refresh = (): void => setNow(new Date());
    const first = setTimeout(refresh, 0);
    const timer = setInterval(refresh, milliseconds);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [milliseconds, comparedWith]);
  return now;
}
