import type { TableName } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { tableFacts } from "../../catalog/find-stream.ts";
import type { Session } from "../../session.ts";
import type { MovePlan } from "../column-plan.ts";
import type { LineWatch } from "../line-watch.ts";
import type { Sides } from "../open-sides.ts";
import type { Loading, ReadWindow } from "../position.ts";
import { openWindow, settledCondition } from "../read-window.ts";
import { ownFault } from "../run-failures.ts";
import { takeSnapshot, type SourceSnapshot } from "../source-snapshot.ts";
import type { WindowOptions } from "../windows/asked.ts";
import { planRanges, rangeSql, type BlockRange } from "./page-ranges.ts";
import type { Part } from "./part.ts";
import { fileNames, isRewritten, readTableFiles, type TableFiles } from "./table-files.ts";

export type Reading = {
  readonly source: Session;
  readonly watch: LineWatch;
  readonly plan: MovePlan;
  /** What is read, by its name. */
  readonly table: TableName;
  readonly lockMs: number;
  readonly at: Sides["at"];
  readonly options: WindowOptions;
};

export type PageOrder = {
  readonly window: ReadWindow;
  readonly files: TableFiles;
  /** Where an earlier run or attempt ended. */
  readonly begun: Loading | undefined;
  readonly pageBytes: number;
  /** No key stands in two pages, and none is empty. */
  readonly keysProven: boolean;
};

/** All of a window at once, in the snapshot that was taken for it. */
export function wholePart(
  { at }: Reading,
  snapshot: SourceSnapshot,
  window: ReadWindow,
  reached: Part["reached"],
): Part {
  return {
    last: true,
    keysProven: false,
    read: async (copy) => {
      const copied = await copy(window.where);
      // However long the destination merges, the source need not keep its snapshot.
      await at("source", async () => {
        await snapshot.end();
      });
      return copied;
    },
    reached,
  };
}

/** All rows of one snapshot in pages: a row that moves from one page to another meanwhile is in exactly one. */
export function snapshotPages(
  { at }: Reading,
  snapshot: SourceSnapshot,
  { window, files, pageBytes, keysProven }: PageOrder,
): Part[] {
  const { position, identity } = window;
  const ranges = rangesOf(files, 0, pageBytes);
  return ranges.map((range, index) => {
    const last = index === ranges.length - 1;
    return {
      last,
      keysProven,
      read: async (copy) => {
        const copied = await copy(rangeSql(range));
        await at("source", () => snapshot.verify());
        return copied;
      },
      reached: () => (last ? window : { position: { kind: "part", question: position.question }, identity }),
    };
  });
}

/**
 * The first load of a flow that later reads only changes: pages of rows that were settled when it began, each read in a
 * short transaction of its own, so that vacuum is never held up; then what came since.
 */
export async function loadPages(
  reading: Reading,
  { window, files, begun, pageBytes, keysProven }: PageOrder,
): Promise<Part[]> {
  const { settled } = begun ?? startOfWindow(window);
  const { question } = window.position;
  const reread = "reread" in window.position ? window.position.reread : undefined;
  await reading.source.execute("commit");
  const pages = rangesOf(files, begun?.next ?? 0, pageBytes).map((range): Part => {
    const position: Loading = {
      kind: "loading",
      settled,
      next: range.to ?? Math.max(range.from, ...files.files.map(({ blocks }) => blocks)),
      files: { ...begun?.files, ...fileNames(files) },
      question,
      reread,
    };
    return {
      last: false,
      keysProven,
      read: (copy) => readSettled(reading, { range, position, id: files.table }, copy),
      reached: () => ({ position, identity: window.identity }),
    };
  });
  return [
    ...pages,
    restPart(reading, { position: { kind: "xmin", settled, question, reread }, identity: window.identity }),
  ];
}

/** Where an earlier run or attempt ended, if the rows it read are still where they were. */
export function goesOn({ plan, table }: Reading, { load }: ReadWindow, files: TableFiles): Loading | undefined {
  if (!load?.begun) return undefined;
  if (!isRewritten(load.begun.files, files)) return load.begun;
  if (writeModeRules[plan.writeMode].needsSyncKey) return undefined;
  throw ownFault("source", { code: "source_changed", kind: "settings" }, tableFacts(table));
}

function startOfWindow({ position }: ReadWindow): { readonly settled: string } {
  if (position.kind === "xmin") return position;
  throw ownFault("flow", { code: "unexpected", kind: "bug" }, {});
}

/** One at least; more where the rows are worth more than one commit. */
export function rangesOf({ files, blockBytes }: TableFiles, from: number, pageBytes: number): BlockRange[] {
  const blocks = files.map((file) => file.blocks);
  return planRanges(blocks, from, Math.max(1, Math.floor(pageBytes / blockBytes)));
}

type SettledPage = { readonly range: BlockRange; readonly position: Loading; readonly id: string };

async function readSettled<T>(
  reading: Reading,
  { range, position, id }: SettledPage,
  copy: (where: string) => Promise<T>,
): Promise<T> {
  const { source, at } = reading;
  const condition = async (): Promise<string> => {
    await requireSameTable(reading, id, position);
    return settledCondition(source, position.settled, reading.table);
  };
  return inSnapshot(reading, async () => copy(`${rangeSql(range)} and ${await at("source", condition)}`));
}

/** What came since the pages were begun, as any later run reads it. */
function restPart(reading: Reading, since: Pick<ReadWindow, "position" | "identity">): Part {
  let reached: Pick<ReadWindow, "position" | "identity"> = since;
  return {
    last: true,
    // Between the pages nobody held the table: its unique key may be gone.
    keysProven: false,
    read: (copy) =>
      inSnapshot(reading, async ({ stream }) => {
        const { source, plan, at, options } = reading;
        const window = await at("source", () => openWindow(source, plan, stream, since, options));
        reached = { ...since, position: window.position };
        return copy(window.where);
      }),
    reached: () => reached,
  };
}

/** A snapshot of one's own. Rows that the destination refuses are read again, so it is let go in any case. */
async function inSnapshot<T>(
  { source, watch, plan, lockMs, at }: Reading,
  work: (snapshot: SourceSnapshot) => Promise<T>,
): Promise<T> {
  const snapshot = await at("source", async () => {
    const taken = await takeSnapshot(source, plan.source, lockMs);
    await watch.beganTransaction();
    return taken;
  });
  try {
    const done = await work(snapshot);
    await at("source", () => snapshot.verify());
    return done;
  } finally {
    // With rows still under way it would wait for ever; then all of it ends.
    if (source.isIdle()) await at("source", () => source.execute("commit"));
  }
}

/** Between two pages nobody holds the table. */
async function requireSameTable({ source, plan, table }: Reading, id: string, { files }: Loading): Promise<void> {
  const now = await readTableFiles(source, table);
  if (now && now.table === id && !isRewritten(files, now)) return;
  const kind = writeModeRules[plan.writeMode].needsSyncKey ? "temporary" : "settings";
  throw ownFault("source", { code: "source_changed", kind }, tableFacts(table));
}
