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
  readonly onAccepted: ((tunnel: Tunnel) => void) | undefined;
};

/** A hard stop: the server's key is another one than before. Replacing it takes the person's password. [R54] */
export function ChangedHostKey({ tunnel, before, now, onAccepted }: Props): ReactElement {
  const [replacing, setReplacing] = useState(false);
  return (
    <div className={classes.stop}>
      <Callout
        kind="danger"
        role="alert"
        title={changedKeyCopy.title}
        actions={
          !replacing && (
            <Button size="sm" color="red" variant="outline" onClick={() => setReplacing(true)}>
              {changedKeyCopy.replace}
            </Button>
          )
        }
      >
        <p>{changedKeyCopy.text}</p>
        <div className={classes.keys}>
          <Fingerprint label={changedKeyCopy.before} hostKey={before} />
          <Fingerprint label={changedKeyCopy.now} hostKey={now} />
        </div>
        <p>{changedKeyCopy.next}</p>
        <CopyableLine
          text={fingerprintCommand(tunnel)}
          label={hostKeyCopy.scanLabel}
          copyLabel={hostKeyCopy.copyScan}
        />
      </Callout>
      {replacing && (
        <ReplaceHostKey
          tunnel={tunnel}
          fingerprint={now.fingerprint}
          onAccepted={onAccepted}
          onCancel={() => setReplacing(false)}
        />
      )}
    </div>
  );
}
