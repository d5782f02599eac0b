import type { Tunnel } from "@headgate/contract";
import { Button, Modal } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { hostKeyCopy, tunnelFormCopy } from "./copy.ts";
import { HostKeyPanel } from "./host-key-panel.tsx";
import { KeyLine, type TunnelEnd } from "./key-line.tsx";
import { TunnelDetails } from "./tunnel-details.tsx";
import classes from "./tunnel-window.module.css";

export type TunnelWindowProps = {
  /** The tunnel to show; undefined for a new one. */
  readonly tunnel: Tunnel | undefined;
  /** What the window opens with: the answers, or the keys of both sides. */
  readonly start: "details" | "keys";
  /** The database of the connection that the tunnel is for. */
  readonly end?: TunnelEnd | undefined;
  readonly onSaved?: (tunnel: Tunnel) => void;
  readonly onClose: () => void;
};

/** One SSH tunnel from its answers to the accepted server, over the page that needs it. */
export function TunnelWindow({ tunnel, start, end, onSaved, onClose }: TunnelWindowProps): ReactElement {
  const [shown, setShown] = useState<{ readonly tunnel: Tunnel | undefined; readonly part: "details" | "keys" }>({
    tunnel,
    part: start,
  });

  function saved(next: Tunnel): void {
    onSaved?.(next);
    const settled = tunnel !== undefined && next.hostKey !== null && next.publicKey === tunnel.publicKey;
    if (settled) onClose();
    else setShown({ tunnel: next, part: "keys" });
  }

  const title = shown.tunnel
    ? shown.part === "keys"
      ? shown.tunnel.name
      : tunnelFormCopy.changeTitle(shown.tunnel.name)
    : tunnelFormCopy.newTitle;
  return (
    // What was typed is not lost by a click beside the window.
    <Modal opened onClose={onClose} title={title} size="xl" closeOnClickOutside={false}>
      {shown.part === "details" || !shown.tunnel ? (
        <TunnelDetails saved={shown.tunnel} onSaved={saved} onCancel={onClose} />
      ) : (
        <div className={classes.keys}>
          <KeyLine tunnel={shown.tunnel} end={end} />
          <HostKeyPanel tunnel={shown.tunnel} onAccepted={(next) => setShown({ tunnel: next, part: "keys" })} />
          <div className={classes.end}>
            <Button variant={shown.tunnel.hostKey ? "filled" : "default"} onClick={onClose}>
              {shown.tunnel.hostKey ? hostKeyCopy.done : hostKeyCopy.later}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
