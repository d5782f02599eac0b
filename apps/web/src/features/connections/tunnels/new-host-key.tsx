import type { HostKey, Tunnel } from "@headgate/contract";
import { Button, Group } from "@mantine/core";
import { useState, type ReactElement, type ReactNode } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { fingerprintCommand } from "./admin-texts.ts";
import { hostKeyCopy } from "./copy.ts";
import { CopyableLine } from "./copyable-line.tsx";
import { Fingerprint } from "./fingerprint.tsx";
import classes from "./key-line.module.css";
import { useAcceptHostKey } from "./queries.ts";

type Props = {
  readonly tunnel: Tunnel;
  readonly hostKey: HostKey;
  /** The button that asks the server once more. */
  readonly again: ReactNode;
  readonly onAccepted: ((tunnel: Tunnel) => void) | undefined;
};

/** The first meeting with a server: a person compares its fingerprint and says yes or no. */
export function NewHostKey({ tunnel, hostKey, again, onAccepted }: Props): ReactElement {
  const accept = useAcceptHostKey(tunnel.id);
  const [declined, setDeclined] = useState(false);

  function yes(): void {
    // What went wrong is shown as the mutation's own error.
    accept.mutateAsync({ fingerprint: hostKey.fingerprint }).then(onAccepted, () => undefined);
  }

  if (declined) {
    return (
      <Callout kind="warning" role="status" title={hostKeyCopy.declinedTitle} actions={again}>
        <p>{hostKeyCopy.declined}</p>
      </Callout>
    );
  }
  return (
    <section className={classes.section} aria-label={hostKeyCopy.title}>
      <h3 className={classes.title}>{hostKeyCopy.title}</h3>
      <p>{hostKeyCopy.intro}</p>
      <Fingerprint hostKey={hostKey} />
      <p>{hostKeyCopy.compare}</p>
      <p>{hostKeyCopy.scan}</p>
      <CopyableLine text={fingerprintCommand(tunnel)} label={hostKeyCopy.scanLabel} copyLabel={hostKeyCopy.copyScan} />
      {accept.error && <ErrorCallout error={accept.error} actions={again} />}
      <Group gap="sm" mt="md">
        <Button loading={accept.isPending} onClick={yes}>
          {hostKeyCopy.yes}
        </Button>
        <Button variant="default" onClick={() => setDeclined(true)}>
          {hostKeyCopy.no}
        </Button>
      </Group>
    </section>
  );
}
