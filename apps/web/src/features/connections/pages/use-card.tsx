import type { Connection } from "@headgate/contract";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { countOf } from "../../../lib/format/numbers.ts";
import { FactList } from "../../../ui/fact-list.tsx";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import { SectionCard } from "../../../ui/section-card.tsx";
import classes from "./use-card.module.css";
import { pagesCopy } from "./copy.ts";

/** Which flows depend on the connection, and when a run last did. */
export function UseCard({ connection }: { readonly connection: Connection }): ReactElement {
  const { flowNames, lastUse, draftCount } = connection;
  return (
    <SectionCard title={pagesCopy.useTitle}>
      <FactList
        facts={[
          { label: "Flows", value: flowNames.length === 0 ? pagesCopy.notUsed : <Names names={flowNames} /> },
          {
            label: "Last used",
            value: lastUse ? (
              <>
                <RelativeTime at={lastUse.at} /> by{" "}
                <Link to="/flows/$flowId" params={{ flowId: lastUse.flowId }}>
                  {lastUse.flowName}
                </Link>
              </>
            ) : (
              pagesCopy.notUsedSince
            ),
          },
          ...(draftCount > 0 ? [{ label: "Not finished yet", value: countOf(draftCount, "flow") }] : []),
        ]}
      />
    </SectionCard>
  );
}

function Names({ names }: { readonly names: readonly string[] }): ReactElement {
  return (
    <ul className={classes.names}>
      {names.map((name, index) => (
        <li key={`${index} ${name}`}>{name}</li>
      ))}
    </ul>
  );
}
