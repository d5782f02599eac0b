import type { CheckedGrant } from "@headgate/contract";
import { grantCopy } from "./copy.ts";

export type GrantState = "granted" | "missing" | "unknown";

export function grantState({ granted }: Pick<CheckedGrant, "granted">): GrantState {
  if (granted === null) return "unknown";
  return granted ? "granted" : "missing";
}

/** The lines still to be run; all of them once nothing is missing. */
export function openLines(lines: readonly CheckedGrant[]): readonly CheckedGrant[] {
  const open = lines.filter((line) => grantState(line) !== "granted");
  return open.length > 0 ? open : lines;
}

/** The open lines, one below the other. */
export function scriptOf(lines: readonly CheckedGrant[]): string {
  return openLines(lines)
    .map(({ sql }) => sql)
    .join("\n");
}

/** How many rights the flow cannot do without are not there. */
export function missingCount(lines: readonly CheckedGrant[]): number {
  return lines.filter((line) => !line.optional && grantState(line) !== "granted").length;
}

/** `2 rights are missing`, or that all are there. */
export function summaryOf(lines: readonly CheckedGrant[]): string {
  const missing = missingCount(lines);
  return missing === 0 ? grantCopy.complete : grantCopy.missing(missing);
}

/** What another look found, in sentences to be read aloud. */
export function newsOf(before: readonly CheckedGrant[], after: readonly CheckedGrant[]): string {
  const was = new Map(before.map(({ id, granted }) => [id, granted]));
  const turned = (granted: boolean) =>
    after.filter((line) => line.granted === granted && was.has(line.id) && was.get(line.id) !== granted);
  const there = turned(true).map(({ sentence }) => sentence);
  const gone = turned(false)
    .filter(({ id }) => was.get(id) === true)
    .map(({ sentence }) => sentence);
  const changes = [
    ...(there.length > 0 ? [grantCopy.nowThere(there)] : []),
    ...(gone.length > 0 ? [grantCopy.nowGone(gone)] : []),
  ];
  return [...(changes.length > 0 ? changes : [grantCopy.nothingNew]), `${summaryOf(after)}.`].join(" ");
}
