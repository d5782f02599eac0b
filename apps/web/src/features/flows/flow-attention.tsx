import type { Flow } from "@headgate/contract";
import { isBroken } from "@headgate/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { attentionTitle } from "../../lib/messages/attention.ts";
import { Callout } from "../../ui/callout.tsx";
import { attentionCopy } from "./copy.ts";
import classes from "./flow-attention.module.css";

type Props = { readonly flow: Flow };

/** In the list: a quiet line that leads to the connection that is broken. What only ends soon is said on the pages. */
export function FlowAttention({ flow: { attention } }: Props): ReactElement | null {
  const broken = attention.filter(({ reasons }) => isBroken(reasons));
  if (broken.length === 0) return null;
  return (
    <div className={classes.lines}>
      {broken.map(({ connectionId, connectionName }) => (
        <Link key={connectionId} to="/connections/$connectionId" params={{ connectionId }} className={classes.line}>
          {attentionCopy.line(connectionName)}
        </Link>
      ))}
    </div>
  );
}

/** On the flow's page: what is the matter with which of its connections. */
export function FlowAttentionCallouts({ flow: { attention } }: Props): ReactElement {
  return (
    <>
      {attention.map(({ connectionId, connectionName, reasons }) => (
        <Callout
          key={connectionId}
          kind={isBroken(reasons) ? "warning" : "info"}
          title={attentionCopy.line(connectionName)}
          actions={
            <Link to="/connections/$connectionId" params={{ connectionId }}>
              {attentionCopy.look}
            </Link>
          }
        >
          {reasons.map((reason) => (
            <p key={attentionTitle(reason)}>{attentionTitle(reason)}.</p>
          ))}
        </Callout>
      ))}
    </>
  );
}
