import type { Stream } from "@headgate/contract";
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { Callout } from "../../../../ui/callout.tsx";
import { CopyButton } from "../../../../ui/copy-button.tsx";
import { pickerCopy } from "../../table-picker/copy.ts";
import { destinationCopy } from "./copy.ts";
import { addUniqueSql } from "./sync-key.ts";
import classes from "./destination.module.css";

type Props = {
  readonly source: Stream;
  /** The existing table; undefined where a new one will be made. */
  readonly destination: Stream | undefined;
  readonly onLookAgain: () => void;
};

/** Why the modes that tell rows apart are switched off, and the statement that changes it. */
export function NoKey({ source, destination, onLookAgain }: Props): ReactElement {
  if (!destination) {
    return (
      <Callout kind="info" title={destinationCopy.noKeyTitle}>
        {destinationCopy.noKeyCreate(source.name)}
      </Callout>
    );
  }
  const sql = addUniqueSql(destination, source);
  return (
    <Callout
      kind="info"
      title={destinationCopy.noKeyTitle}
      actions={
        <>
          <CopyButton text={sql} describe={destinationCopy.copyAlter} />
          <Button size="sm" variant="default" onClick={onLookAgain}>
            {pickerCopy.lookAgain}
          </Button>
        </>
      }
    >
      <p>{destinationCopy.noKeyExisting(destination.name)}</p>
      <pre className={classes.sql}>{sql}</pre>
    </Callout>
  );
}
