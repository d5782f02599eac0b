import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { Callout } from "../../../../ui/callout.tsx";
import { formCopy } from "../copy.ts";
import { fieldLabels } from "../field-labels.ts";
import type { Filling } from "./fill-from-pasted.ts";

const list = new Intl.ListFormat("en");

type Props = { readonly filling: Filling; readonly onUndo: () => void };

/** What a paste did: the fields it filled, what is still to be entered, and what it left out. */
export function FilledCallout({ filling: { names, asks, notes }, onUndo }: Props): ReactElement {
  const missing = Object.keys(asks).map((field) => fieldLabels[`secrets.${field as keyof typeof asks}`]);
  return (
    <Callout
      kind="success"
      title={formCopy.filled(names.length)}
      actions={
        <Button size="sm" variant="default" onClick={onUndo}>
          {formCopy.undo}
        </Button>
      }
    >
      <p>{list.format(names.map((name) => fieldLabels[name]))}.</p>
      {missing.length > 0 && <p>{formCopy.stillToEnter(list.format(missing))}</p>}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Callout>
  );
}
