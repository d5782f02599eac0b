import { readPasted } from "@headgate/core";
import type { ConnectionForm } from "../connection-form.ts";
import { formCopy } from "../copy.ts";
import { fillFromPasted, type Filling } from "./fill-from-pasted.ts";

export type FilledOrRefused = { readonly filling: Filling } | { readonly refused: string };

/** Reads a text of any style and fills it into a form, or says by name why that cannot be done. */
export function fillFromText(form: ConnectionForm, text: string, keepName: boolean): FilledOrRefused {
  const read = readPasted(text);
  if (read.status === "refused") return { refused: read.message };
  const filling = fillFromPasted(form, read, keepName);
  return filling.names.length === 0 ? { refused: formCopy.nothingFilled } : { filling };
}
