import type { Tunnel } from "@headgate/contract";
import { permitting } from "@headgate/core";
import type { ReactElement } from "react";
import { keyMessage } from "./admin-texts.ts";
import { keyLineCopy } from "./copy.ts";
import { CopyableLine } from "./copyable-line.tsx";
import classes from "./key-line.module.css";

/** The database a connection is being made for. */
export type TunnelEnd = { readonly host: string; readonly port: number };

type Props = { readonly tunnel: Tunnel; readonly end?: TunnelEnd | undefined };

/** What lets Headgate in where it made the key itself; nothing with the other methods. */
export function KeyLine({ tunnel, end }: Props): ReactElement | null {
  if (tunnel.authorizedKeysLine === null) return null;
  const line = end ? permitting(tunnel.authorizedKeysLine, end) : tunnel.authorizedKeysLine;
  const unbound = !end && tunnel.connectionNames.length === 0;
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{keyLineCopy.title}</h3>
      <p>{keyLineCopy.intro(tunnel.user)}</p>
      {unbound && <p>{keyLineCopy.unbound}</p>}
      <CopyableLine text={line} label={keyLineCopy.line} copyLabel={keyLineCopy.copyLine} />
      <details className={classes.fold}>
        <summary>{keyLineCopy.message}</summary>
        <p>{keyLineCopy.messageIntro}</p>
        <CopyableLine text={keyMessage(tunnel, line)} label={keyLineCopy.message} copyLabel={keyLineCopy.copyMessage} />
      </details>
    </section>
  );
}
