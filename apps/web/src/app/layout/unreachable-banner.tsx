import { getHealth } from "@headgate/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, type ReactElement } from "react";
import { call } from "../../lib/api.ts";
import { setReachable, useReachable } from "../../lib/reachability.ts";
import { Callout } from "../../ui/callout.tsx";
import classes from "./unreachable-banner.module.css";

const everyMilliseconds = 5000;

/** Says that the server is away and asks every five seconds whether it is back; then everything shown is refreshed. */
export function UnreachableBanner(): ReactElement | null {
  const reachable = useReachable();
  const client = useQueryClient();
  useEffect(() => {
    if (reachable) return;
    const timer = setInterval(() => {
      call(getHealth).then(
        () => {
          setReachable(true);
          return client.invalidateQueries();
        },
        () => undefined,
      );
    }, everyMilliseconds);
    return () => clearInterval(timer);
  }, [reachable, client]);

  if (reachable) return null;
  return (
    <div className={classes.banner}>
      <Callout kind="warning" role="status" title="Headgate does not answer">
        We try again every 5 seconds. You can go on typing; nothing is lost.
      </Callout>
    </div>
  );
}
