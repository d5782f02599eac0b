import type { HostKey, Tunnel } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { fingerprintCommand } from "./admin-texts.ts";
import classes from "./changed-host-key.module.css";
import { changedKeyCopy, hostKeyCopy } from "./copy.ts";
import { CopyableLine } from "./copyable-line.tsx";
import { Fingerprint } from "./fingerprint.tsx";
import { ReplaceHostKey } from "./replace-host-key.tsx";

type Props = {
  readonly tunnel: Tunnel;
  readonly before: HostKey;
  readonly now: HostKey;
  /** Said already: only the fingerprints and what to do about them are shown. */
  readonly told: boolean;
  readonly onAccepted: ((tunnel: Tunnel) => void) | undefined;
};

/** A hard stop: the server's key is another one than before. Replacing it takes the person's password. [R54] */
export function ChangedHostKey({ tunnel, before, now, told, onAccepted }: Props): ReactElement {
  const [replacing, setReplacing] = useState(false);
  return (
    <section className={classes.stop} aria-label={changedKeyCopy.both}>
      {!told && (
        <Callout kind="danger" role="alert" title={changedKeyCopy.title}>
          <p>{changedKeyCopy.text}</p>
        </Callout>
      )}
      <div className={classes.keys}>
        <Fingerprint label={changedKeyCopy.before} hostKey={before} />
        <Fingerprint label={changedKeyCopy.now} hostKey={now} />
      </div>
      <div>
        <p className={classes.next}>{changedKeyCopy.next}</p>
        <CopyableLine
          text={fingerprintCommand(tunnel)}
          label={hostKeyCopy.scanLabel}
          copyLabel={hostKeyCopy.copyScan}
        />
      </div>
      {replacing ? (
        <ReplaceHostKey
          tunnel={tunnel}
          fingerprint={now.fingerprint}
          onAccepted={onAccepted}
          onCancel={() => setReplacing(false)}
        />
      ) : (
        <div>
          <Button color="red" variant="outline" onClick={() => setReplacing(true)}>
            {changedKeyCopy.replace}
          </Button>
        </div>
      )}
    </section>
  );
}
