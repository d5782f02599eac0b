import type { Hold } from "@headgate/contract";
import { countOf, formatCount } from "../../lib/format/numbers.ts";
import { holdCopy } from "./copy.ts";

/** What a held run asks and why, with its numbers. */
export function holdWords(hold: Hold): { readonly title: string; readonly why: string } {
  const numbers: Readonly<Record<string, string>> = {
    rows: countOf(hold.deleted, "row"),
    deleted: formatCount(hold.deleted),
    added: countOf(hold.created, "row"),
    usual: countOf(hold.usual ?? 0, "row"),
    there: countOf(hold.destinationRows, "row"),
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => numbers[name] ?? "");
  const { title, why } = holdCopy[hold.reason];
  return { title: fill(title), why: fill(why) };
}
