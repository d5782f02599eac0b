import type { Tunnel } from "@headgate/contract";
import { Button, Group } from "@mantine/core";
import type { ReactElement } from "react";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { methodWords, tunnelFieldCopy } from "./copy.ts";
import classes from "./tunnel-field.module.css";

type Props = { readonly tunnel: Tunnel; readonly onOpen: (start: "details" | "keys") => void };

/** The chosen tunnel in two lines: where it goes, who else uses it, and whether its server was accepted. */
export function TunnelSummary({ tunnel, onOpen }: Props): ReactElement {
  const { user, host, port, method, hostKey, connectionNames } = tunnel;
  return (
    <div className={classes.summary}>
      <div className={classes.words}>
        <span>
          {user}@{host}:{port}, {methodWords[method]}
        </span>
        {connectionNames.length > 0 && <span className={classes.quiet}>{tunnelFieldCopy.usedBy(connectionNames)}</span>}
        <span className={classes.state}>
          <StatusBadge look={hostKey ? "good" : "waiting"}>
            {hostKey ? tunnelFieldCopy.accepted : tunnelFieldCopy.notAccepted}
          </StatusBadge>
        </span>
      </div>
      <Group gap="xs">
        <Button size="sm" variant="default" onClick={() => onOpen("keys")}>
          {tunnelFieldCopy.keys}
        </Button>
        {/* A change outdates the connections that use it, also the one being edited here; so it has a place of its own. */}
        {connectionNames.length === 0 && (
          <Button size="sm" variant="default" onClick={() => onOpen("details")}>
            {tunnelFieldCopy.change}
          </Button>
        )}
      </Group>
    </div>
  );
}
