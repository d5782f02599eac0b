import type { Connection } from "@headgate/contract";
import type { ReactElement } from "react";
import { countOf } from "../../../lib/format/numbers.ts";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import classes from "./connection-use.module.css";

/** How many flows use a connection, by name on demand, and when a run last did. */
export function ConnectionUse({ connection }: { readonly connection: Connection }): ReactElement {
  const { flowNames, lastUse } = connection;
  if (flowNames.length === 0) return <span className={classes.quiet}>No flow</span>;
  return (
    <div className={classes.use}>
      <details className={classes.flows}>
        <summary>{countOf(flowNames.length, "flow")}</summary>
        <ul>
          {flowNames.map((name, index) => (
            <li key={`${index} ${name}`}>{name}</li>
          ))}
        </ul>
      </details>
      <span className={classes.quiet}>
        {lastUse ? (
          <>
            Last used <RelativeTime at={lastUse.at} />
          </>
        ) : (
          "Not used yet"
        )}
      </span>
    </div>
  );
}
