import type { CheckedGrant } from "@headgate/contract";

export type GrantState = "granted" | "missing" | "unknown";

export function grantState({ granted }: Pick<CheckedGrant, "granted">): GrantState {
  if (granted === null) return "unknown";
  return granted ? "granted" : "missing";
}

/** The lines still to be run, one below the other; all of them once nothing is missing. */
export function scriptOf(lines: readonly CheckedGrant[]): string {
  const open = lines.filter((line) => grantState(line) !== "granted");
  return (open.length > 0 ? open : lines).map(({ sql }) => sql).join("\n");
}

/** How many rights the flow cannot do without are not there. */
export function missingCount(lines: readonly CheckedGrant[]): number {
  return lines.filter((line) => !line.optional && grantState(line) !== "granted").length;
}
