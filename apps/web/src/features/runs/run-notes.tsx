import type { RunNote } from "@headgate/contract";
import type { ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { Callout } from "../../ui/callout.tsx";
import { notesCopy } from "./copy.ts";

/** What the run noticed about its tables and went on. */
export function RunNotes({ notes }: { readonly notes: readonly RunNote[] }): ReactElement {
  return (
    <Callout kind="info" title={notesCopy.title}>
      {notes.map((note) => (
        <p key={`${note.code} ${note.side}`}>{sentence(note)}</p>
      ))}
    </Callout>
  );
}

function sentence({ code, side, columns }: RunNote): string {
  const many = columns.length > 1;
  return `${countOf(columns.length, "column")} ${notesCopy[code](many, side)}: ${columns.join(", ")}.`;
}
