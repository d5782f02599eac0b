import type { RunFailure } from "@headgate/contract";
import type { Copy } from "./copy.ts";

const goOn = "Nothing was written. The flow is paused, so that nothing wrong is written later either.";

/** `schema_changed` by what happened to the column or table. */
const changes: Readonly<Record<string, Copy>> = {
  column_gone: {
    title: "The column {column} is gone from the {side}",
    why: `It was renamed or removed in {table} since the last run, and this flow copies it. ${goOn}`,
    next: "Bring the column back under its name and resume the flow, or set up the flow anew without it.",
  },
  column_type: {
    title: "{column} has another type at the {side} now",
    why: `It was {from} and is {to} now, which may cut or change its values on the way. ${goOn}`,
    next: "If the new type is right, make sure that the other side can hold it, then resume the flow: that says yes to it. Else have it changed back first.",
  },
  column_generated: {
    title: "The destination computes {column} by itself now",
    why: `What this flow sends for it would no longer arrive. ${goOn}`,
    next: "If that is right, resume the flow: that says yes to it. Else have the column changed back first.",
  },
  table_gone: {
    title: "The table {table} is gone from the {side}",
    why: `It was renamed or deleted since the last run. ${goOn}`,
    next: "Bring the table back and resume the flow, or set up the flow anew with another one.",
  },
};

/** Words for what exactly changed, where the run told; a new name is only ever mentioned, never taken for the old one. */
export function schemaChangeCopy({ code, facts }: RunFailure): Copy | undefined {
  const copy = code === "schema_changed" ? changes[facts.change ?? ""] : undefined;
  if (!copy || !facts.added) return copy;
  return { ...copy, next: `${copy.next} New there since the last run: {added}.` };
}
