import type { HostKeyVerdict, Tunnel } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { Skeletons } from "../../../ui/skeletons.tsx";
import { ChangedHostKey } from "./changed-host-key.tsx";
import { hostKeyCopy } from "./copy.ts";
import { Fingerprint } from "./fingerprint.tsx";
import { HostKeyFailure } from "./host-key-failure.tsx";
import { NewHostKey } from "./new-host-key.tsx";
import { tunnelQueries } from "./queries.ts";

type Props = {
  readonly tunnel: Tunnel;
  /** A person said yes to the server's key. */
  /** The page has said that the key has changed. */
  readonly told?: boolean;
  readonly onAccepted?: ((tunnel: Tunnel) => void) | undefined;
};

/** Who the SSH server says it is, asked before anything secret is sent, and whether to believe it. [R54] */
export function HostKeyPanel({ tunnel, told = false, onAccepted }: Props): ReactElement {
  const asked = useQuery(tunnelQueries.hostKey(tunnel));
  const again = (label: string) => (
    <Button size="sm" variant="default" loading={asked.isFetching} onClick={() => void asked.refetch()}>
      {label}
    </Button>
  );
  if (asked.isPending) return <Skeletons lines={3} label={hostKeyCopy.asking(tunnel.host)} />;
  if (asked.isError) return <ErrorCallout error={asked.error} actions={again(hostKeyCopy.retry)} />;
  if (asked.data.status === "failed")
    return <HostKeyFailure tunnel={tunnel} failure={asked.data.failure} actions={again(hostKeyCopy.retry)} />;
  const shown = asked.data;
  if (tunnel.hostKey?.fingerprint === shown.fingerprint) return <Known hostKey={shown} />;
  if (tunnel.hostKey)
    return <ChangedHostKey tunnel={tunnel} before={tunnel.hostKey} now={shown} told={told} onAccepted={onAccepted} />;
  return <NewHostKey tunnel={tunnel} hostKey={shown} again={again(hostKeyCopy.again)} onAccepted={onAccepted} />;
}

function Known({ hostKey }: { readonly hostKey: Extract<HostKeyVerdict, { status: "succeeded" }> }): ReactElement {
  return (
    <Callout kind="success" role="status" title={hostKeyCopy.known}>
      <p>{hostKeyCopy.knownText}</p>
      <Fingerprint hostKey={hostKey} />
    </Callout>
  );
}
