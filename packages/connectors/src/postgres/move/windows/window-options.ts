import type { Confirmation, Reread, RunNote, Stream } from "@headgate/contract";
import { changesOf } from "@headgate/core";
import type { Session } from "../../session.ts";
import type { MovePlan } from "../column-plan.ts";
import { openHashTable, type HashList } from "../compare/hash-list.ts";
import type { LineWatch } from "../line-watch.ts";
import type { Sides } from "../open-sides.ts";
import type { ReadWindow } from "../position.ts";
import type { WindowOptions } from "./asked.ts";

export type OptionParts = {
  readonly plan: MovePlan;
  readonly stream: Stream;
  readonly destination: Session;
  readonly sides: Sides;
  readonly flowId: string;
  readonly reread: Reread | undefined;
  readonly confirmation: Confirmation | undefined;
  readonly retry: readonly string[] | undefined;
  readonly watch: LineWatch;
  readonly quietMs: number;
  /** Whether anything may be written down; a dry run does not. */
  readonly keeps: boolean;
};

/** Everything that choosing the rows of a run needs besides the source. */
export async function windowOptions(parts: OptionParts): Promise<WindowOptions> {
  const { plan, stream, destination, sides, flowId, reread, confirmation, retry, watch, quietMs, keeps } = parts;
  if (retry) return { retry };
  if (!keeps || changesOf(plan, stream.kind)?.by !== "compare") return { reread, confirmation };
  const lists = await sides.at("destination", () => openHashTable(destination, flowId));
  return { reread, confirmation, hashes: { lists: blamedOnDestination(lists, sides), watch, quietMs } };
}

/** The list is read and written while the source is; what fails there is the destination's fault all the same. */
function blamedOnDestination(lists: HashList, { at }: Sides): HashList {
  return {
    fresh: () => at("destination", () => lists.fresh()),
    add: (list, chunk) => at("destination", () => lists.add(list, chunk)),
    keepOnly: (list) => at("destination", () => lists.keepOnly(list)),
    read: async function* (list) {
      const chunks = lists.read(list)[Symbol.asyncIterator]();
      for (;;) {
        const { value, done } = await at("destination", () => chunks.next());
        if (done) return;
        yield value;
      }
    },
  };
}

/** What a person should know of rows that were to be tried again and are not there. */
export function missingNotes({ missing }: ReadWindow): RunNote[] {
  return missing.length === 0 ? [] : [{ code: "rows_not_found", side: "source", columns: [], rows: missing.length }];
}

/** A run that reads no further for so long, in milliseconds, says why. */
const longWaitMs = 3_600_000;

/** What a person should know of a transaction that has kept rows from being read for long. */
export function waitingNotes({ waitingSince }: ReadWindow, now = Date.now()): RunNote[] {
  if (waitingSince === undefined || now - Date.parse(waitingSince) < longWaitMs) return [];
  return [{ code: "waits_for_others", side: "source", columns: [], since: waitingSince }];
}
