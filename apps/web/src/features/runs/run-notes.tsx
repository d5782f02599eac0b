import type { RunNote } from "@headgate/contract";
import type { ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { Callout } from "../../ui/callout.tsx";
import { formatMoment } from "../../lib/format/time.ts";
import { notesCopy, waitingCopy } from "./copy.ts";

type TableNote = RunNote & { readonly code: Exclude<RunNote["code"], "waits_for_others"> };

/** What the run noticed about its source and its tables and went on. */
export function RunNotes({ notes }: { readonly notes: readonly RunNote[] }): ReactElement {
  const about = notes.filter((note): note is TableNote => note.code !== "waits_for_others");
  const since = notes.find(({ code }) => code === "waits_for_others")?.since;
  return (
    <>
      {since !== undefined && (
        <Callout kind="info" title={waitingCopy.title}>
          <p>{waitingCopy.sentence(formatMoment(new Date(since)))}</p>
        </Callout>
      )}
      {about.length > 0 && (
        <Callout kind="info" title={notesCopy.title}>
          {about.map((note) => (
            <p key={`${note.code} ${note.side} ${note.columns.join()}`}>{sentence(note)}</p>
          ))}
        </Callout>
      )}
    </>
  );
}

function sentence({ code, side, columns, rows = 0 }: TableNote): string {
  if (code === "rule_broken") return notesCopy.rule_broken(countOf(rows, "row"), columns.join(", "));
  if (code === "rows_not_found") return notesCopy.rows_not_found(countOf(rows, "row"), rows === 1);
  const many = columns.length > 1;
  return `${countOf(columns.length, "column")} ${notesCopy[code](many, side)}: ${columns.join(", ")}.`;
}
