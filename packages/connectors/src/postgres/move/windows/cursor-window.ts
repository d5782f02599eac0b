import type { Changes } from "@headgate/contract";
import type { Position } from "../position.ts";
import { markOf, wishOf, type Asked, type Found } from "./asked.ts";
import { cursorOf, highestValue, requireValues, sinceSql } from "./cursor.ts";

/**
 * Rows whose cursor is at or after the highest one read, less the look-back. What ends at the same value as the last run
 * is read again, so that no tie is cut; only modes with a key are offered this. What commits later than the look-back,
 * or changes without its cursor, is missed, and the page says so.
 */
export async function cursorWindow(
  asked: Asked,
  { column, lookBackMinutes }: Extract<Changes, { by: "cursor" }>,
): Promise<Found> {
  const { session, stream, from, question, remembered, past } = asked;
  const cursor = cursorOf(stream, from, column);
  await requireValues(session, stream, cursor);
  const wish = wishOf(asked);
  const before = remembered.position;
  const goesOn = before?.kind === "cursor" && before.column === column && !past.questionChanged && !past.sourceChanged;
  const start = goesOn && (!wish || wish.from) ? before.value : null;
  const value = (await highestValue(session, cursor, undefined)) ?? start;
  const position: Position = { kind: "cursor", column, value, question, ...markOf(asked) };
  if (start === null) return { where: undefined, position };
  const since = sinceSql(cursor, start, lookBackMinutes);
  if (!wish?.from) return { where: since, position };
  return { where: `(${since} or ${sinceSql(cursorOf(stream, from, wish.from.column), wish.from.value, 0)})`, position };
}
