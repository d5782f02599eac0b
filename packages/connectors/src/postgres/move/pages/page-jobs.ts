import type { RejectedRow, RunNote, Stream, TableName } from "@headgate/contract";
import type { Limits } from "../../context.ts";
import { idents } from "../../identifiers.ts";
import type { Session } from "../../session.ts";
import type { ColumnPlan } from "../column-plan.ts";
import { copyRows, type CopyTally } from "../copy-rows.ts";
import type { LineWatch } from "../line-watch.ts";
import type { Sides } from "../open-sides.ts";
import { copyCarefully } from "../rejects/careful-copy.ts";
import type { RuleCheck } from "../rules/check-rules.ts";
import { stage } from "../stage-sql.ts";
import { openUndoLog, type UndoOrder } from "../undo/undo-log.ts";
import type { WriteJob } from "../writers/write-job.ts";
import type { Lane } from "./lane.ts";
import type { Part } from "./part.ts";

export type JobParts = {
  readonly source: Session;
  readonly kind: Stream["kind"];
  readonly watch: LineWatch;
  /** What stands after FROM. */
  readonly from: string;
  readonly table: TableName;
  readonly columns: ColumnPlan;
  readonly sides: Sides;
  readonly limits: Pick<Limits, "stallMs" | "quietMs">;
  readonly onRows: (rows: number, bytes: number) => void;
  /** More than one part is read in the source's session. */
  readonly reusesSource: boolean;
  readonly rules: RuleCheck | undefined;
  /** Called with what the whole run is to be warned of. */
  readonly onWarned: (notes: readonly RunNote[]) => Promise<void>;
  /** Where the flow stood before the run, if that can be undone. */
  readonly undo: UndoOrder | undefined;
  readonly facts: Pick<WriteJob, "flowId" | "confirmation" | "past" | "destination" | "keyList">;
};

export type PageFacts = Pick<WriteJob, "rejects" | "turn" | "onMerging"> & {
  /** Rows that break a rule of the flow are put here. */
  readonly invalid: RejectedRow[];
  /** Called when the source has sent the rows of this part. */
  readonly onSent: () => void;
};

/** Makes the job of writing one part in a lane. */
export type MakeJob = (part: Part, lane: Lane, page: PageFacts) => WriteJob;

/** Two parts are never read at once: the source has one session, and its snapshot is the run's. */
export function openPageJobs(parts: JobParts): MakeJob {
  const { source, columns, sides, limits, watch, reusesSource, rules } = parts;
  const { stallMs, quietMs } = limits;
  const exclusively = takeTurns();
  const arrived = new Map<Part, { readonly rows: number; readonly bytes: number }>();
  const select = (where: string | undefined, more = ""): string =>
    `select ${idents(columns.sourceColumns)}${more} from ${parts.from}${where === undefined ? "" : ` where ${where}`}`;

  /** Without the rows that stay behind, which are looked for in the same snapshot. */
  const judged =
    (part: Part, copying: (where: string | undefined) => Promise<CopyTally>, invalid: RejectedRow[]) =>
    async (where: string | undefined): Promise<CopyTally> => {
      if (!rules) return copying(where);
      const checked = await sides.at("source", () => rules.look(part, where));
      invalid.splice(0, invalid.length, ...checked.rows);
      return { ...(await copying(rules.keep(where))), invalid: checked.invalid };
    };

  return (part, lane, { onSent, invalid, ...page }) => {
    const { rejects } = page;
    const wire = { format: columns.format, stallMs, quietMs, watches: { source: watch, destination: lane.watch } };
    const onRows = (rows: number, bytes: number): void => {
      arrived.set(part, { rows, bytes });
      const all = [...arrived.values()];
      parts.onRows(sum(all.map((one) => one.rows)), sum(all.map((one) => one.bytes)));
    };
    const { table } = parts;
    const { destination } = parts.facts;
    const undo = parts.undo && openUndoLog(parts.undo, { session: lane.session, table, destination, plan: columns });
    const copy = (into: string, options: { readonly frozen: boolean } | undefined) => (where: string | undefined) => {
      const order = { ...wire, ...options, select: select(where), into, onRows, drain: reusesSource };
      return rejects
        ? copyCarefully(source, lane.session, {
            ...order,
            rejects,
            keyPlaces: keyPlaces(columns),
            longestKey: longestKey(columns),
            onTaken: into.startsWith(`${stage} `) ? undefined : undo?.mark,
          })
        : copyRows(source, lane.session, order);
    };
    return {
      ...parts.facts,
      ...page,
      keysProven: part.keysProven,
      undo,
      session: lane.session,
      table: parts.table,
      plan: columns,
      transfer: async (into, options): Promise<CopyTally> => {
        const tally = await exclusively(() => part.read(judged(part, copy(into, options), invalid)));
        if (rules && part.last) await parts.onWarned(rules.notes());
        onSent();
        return tally;
      },
      reading: {
        session: source,
        kind: parts.kind,
        from: parts.from,
        select: select(undefined),
        marked: select(undefined, ", xmin"),
        watches: wire.watches,
        quietMs,
        at: (work) => sides.at("source", work),
        onRows,
        copy: (some, into) => copyRows(source, lane.session, { ...wire, select: some, into, onRows: () => {} }),
        end: () => part.read(() => Promise.resolve()),
      },
    };
  };
}

function takeTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = before.then(work);
    before = mine.catch(() => {});
    return mine;
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** By a key the row is looked for again, so it stays whole as long as any index could hold it. */
function longestKey({ syncKey }: ColumnPlan): number {
  return syncKey.length > 0 ? 4_000 : 200;
}

/** What names a row that is set aside: its key, or everything it holds. */
function keyPlaces({ columns, syncKey }: ColumnPlan): number[] {
  const named = syncKey.length > 0 ? syncKey : columns;
  return named.map((name) => columns.indexOf(name));
}
