import { openComparison, type Comparison, type ListMark } from "../compare/open-comparison.ts";
import type { Position } from "../position.ts";
import { ownFault } from "../run-failures.ts";
import { isKeyed, markOf, wishOf, type Asked, type Found } from "./asked.ts";
import { placeChoice } from "./place-lost.ts";

/** Beyond so many, and with a key, all rows travel: the list of hashes would be longer than the rows. */
const mostChanged = 1_000_000;

/** Rows that differ from what the last run saw, found by reading all of them and sending only those. */
export async function compareWindow(asked: Asked): Promise<Found> {
  const { session, plan, from, question, hashes, remembered, past, confirmation } = asked;
  if (!hashes) return { where: undefined, position: { kind: "all", question } };
  const key = plan.syncKey.map((name) => plan.fields.find((field) => field.destination === name)?.source ?? name);
  const columns = plan.fields.map(({ source }) => source);
  const comparison = await openComparison(session, { from, columns, key: isKeyed(asked) ? key : [], ...hashes });
  // PostgreSQL 13 and older cannot hash a row.
  if (!comparison) throw ownFault("source", { code: "unexpected", kind: "settings" }, {});
  const position: Position = { kind: "compare", ...comparison.mark, question, ...markOf(asked) };
  const begun = remembered.position !== null && !past.questionChanged && !wishOf(asked);
  const last = begun ? fitting(remembered.position, comparison.mark) : undefined;
  const all = last || !begun || isKeyed(asked) || (await placeChoice(session, from, confirmation)) === "read_all";
  const changed = await comparison.compare(last, isKeyed(asked) ? mostChanged : Number.POSITIVE_INFINITY);
  if (!all) return { where: "false", position };
  return { ...chosen(comparison, last === undefined ? "most" : changed), position };
}

function chosen(comparison: Comparison, changed: Awaited<ReturnType<Comparison["compare"]>>) {
  return changed === "most" ? { where: undefined } : comparison.only(changed);
}

/** The list of the last run, if its hashes were made of the same columns by a server that hashes alike. */
function fitting(position: Position | null, now: ListMark): ListMark | undefined {
  if (position?.kind !== "compare") return undefined;
  return position.columns === now.columns && position.hashing === now.hashing ? position : undefined;
}
