import type { Changes } from "@headgate/contract";
import type { Session } from "../../session.ts";
import type { Loading, Position } from "../position.ts";
import { isTellable, readTransactions, xminCondition, type Transactions } from "../xmin-window.ts";
import { isKeyed, markOf, wishOf, type Asked, type Found } from "./asked.ts";
import { cursorOf, highestValue, sinceSql } from "./cursor.ts";
import { placeChoice } from "./place-lost.ts";

type Marked = Extract<Position, { kind: "xmin" }>;

/**
 * Rows by PostgreSQL's own mark: those written since the last run. Modes with a key read what may still change again,
 * which costs nothing; append waits until it is settled, so that each version of a row arrives once.
 */
export async function markWindow(asked: Asked, { cursor }: Extract<Changes, { by: "xmin" }>): Promise<Found> {
  const { session, stream, from, question } = asked;
  const now = await readTransactions(session);
  const start = await startOf(asked, now);
  const marked = start?.kind === "xmin" ? start : undefined;
  const narrow = cursor && cursorOf(stream, from, cursor.column);
  const settled = xminCondition({ from: undefined, to: now.settled }, now);
  const high = narrow && ((await highestValue(session, narrow, settled)) ?? marked?.high);
  const since = marked?.settled === now.settled ? marked.since : now.at;
  const position: Position = {
    kind: "xmin",
    settled: now.settled,
    ...(high && { high }),
    ...(now.settled !== now.next && since && { since }),
    question,
    ...markOf(asked),
  };
  const rest = {
    position,
    waitingSince: position.since,
    load: marked ? undefined : { begun: start?.kind === "loading" ? start : undefined },
  };
  const to = isKeyed(asked) ? now.next : now.settled;
  if (!marked) return { ...rest, where: isKeyed(asked) ? undefined : settled };
  const written = xminCondition({ from: marked.settled, to }, now);
  // Rows without a value cannot be narrowed by it, so they are looked at in every run.
  const near = narrow && marked.high !== undefined && sinceSql(narrow, marked.high, (cursor?.lookBackHours ?? 0) * 60);
  const where = near ? `(${narrow.column} is null or ${near}) and ${written}` : written;
  const again = againSql(asked);
  if (!again) return { ...rest, where };
  return { ...rest, where: `((${where}) or ${isKeyed(asked) ? again : `(${again} and ${settled})`})` };
}

/** The rows a person asked to be read again, where not all. */
function againSql(asked: Asked): string | undefined {
  const wish = wishOf(asked);
  if (!wish?.from) return undefined;
  return sinceSql(cursorOf(asked.stream, asked.from, wish.from.column), wish.from.value, 0);
}

/** Where the last run ended, or nothing where all rows have to be read. */
async function startOf(asked: Asked, now: Transactions): Promise<Marked | Loading | undefined> {
  const { session, remembered, past, from, confirmation } = asked;
  const { position } = remembered;
  const wish = wishOf(asked);
  if (!position || past.questionChanged || (wish && !wish.from)) return undefined;
  const place = placeOf(position);
  const tellable = place !== undefined && isTellable(place.settled, now);
  if (tellable && !past.sourceChanged) return place;
  if (isKeyed(asked)) return undefined;
  if ((await placeChoice(session, from, confirmation)) === "read_all") return undefined;
  // Behind a fail-over the numbers go on; anywhere else they say nothing, and what is there now counts as added.
  if (tellable && past.onlyTimeline) return place;
  return { kind: "xmin", settled: now.settled, question: position.question };
}

function placeOf(position: Position): Marked | Loading | undefined {
  if (position.kind === "xmin" || position.kind === "loading") return position;
  if (position.kind !== "all" || !position.settled) return undefined;
  return { kind: "xmin", settled: position.settled, question: position.question };
}

/**
 * Up to where a run that reads all rows has certainly read all that will ever be there, so that the flow can later go
 * on from here; undefined where it has also read rows of which some may still be missing.
 */
export async function settledByAll(session: Session, from: string): Promise<string | undefined> {
  const now = await readTransactions(session);
  if (now.settled === now.next) return now.settled;
  const settled = xminCondition({ from: undefined, to: now.settled }, now);
  const [row] = await session.query<{ mixed: boolean }>(
    `select exists (select from ${from} where not (${settled})) as mixed`,
  );
  return row?.mixed === false ? now.settled : undefined;
}
