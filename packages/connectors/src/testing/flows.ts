import { randomUUID } from "node:crypto";
import type {
  Confirmation,
  FlowDefinition,
  Overwrites,
  ValueRule,
  Progress,
  Receipt,
  Reread,
  RunNote,
  TableFlowDefinition,
  TableName,
} from "@headgate/contract";
import type { PostgresTarget, Relation } from "@headgate/core";
import type { PostgresContext } from "../postgres/context.ts";
import type { StateKeeper } from "../postgres/move/kept-outside/state-keeper.ts";
import type { Moved, MoveOrder } from "../postgres/move/move-rows.ts";
import { moveRows } from "../postgres/move/move-rows.ts";
import { contextWith } from "./targets.ts";

export type FlowParts = {
  readonly from: TableName;
  readonly to: TableName;
  readonly columns: readonly string[] | Readonly<Record<string, string>>;
  readonly writeMode: FlowDefinition["writeMode"];
  readonly syncKey?: readonly string[];
  /** Absent: all rows in every run. */
  readonly readMode?: FlowDefinition["readMode"];
  /** Absent: a refused row ends the run. */
  readonly badRows?: FlowDefinition["badRows"];
  /** Absent: by PostgreSQL's mark on each row where there is one. */
  readonly changes?: FlowDefinition["changes"];
  /** Destination columns that an update does not always overwrite. */
  readonly overwrites?: Readonly<Record<string, Overwrites>>;
  /** Rules of source columns. */
  readonly rules?: Readonly<Record<string, ValueRule[]>>;
};

/** A definition of a flow that maps `columns` (source name to destination name where they differ). */
export function flowOf({ from, ...parts }: FlowParts): TableFlowDefinition {
  return flowFrom({ table: from }, parts);
}

/** The same for whatever can be read. */
export function flowFrom(relation: Relation, parts: Omit<FlowParts, "from">): TableFlowDefinition {
  const {
    to,
    columns,
    writeMode,
    syncKey = [],
    readMode = "full",
    badRows = "stop",
    changes,
    overwrites = {},
    rules = {},
  } = parts;
  const pairs = Array.isArray(columns) ? columns.map((name: string) => [name, name] as const) : Object.entries(columns);
  return {
    source: { connectionId: randomUUID(), ...relation },
    destination: { kind: "postgres", connectionId: randomUUID(), table: to },
    writeMode,
    readMode,
    ...(changes && { changes }),
    badRows,
    syncKey: [...syncKey],
    fields: pairs.map(([source, destination]) => ({
      source,
      destination,
      // A column may be called like something every object has.
      overwrites: new Map(Object.entries(overwrites)).get(destination),
      rules: new Map(Object.entries(rules)).get(source),
    })),
    schedule: { kind: "manual" },
  };
}

export type Runner = {
  readonly flowId: string;
  /** A new run with the next epoch, or the run and epoch given. */
  run(change?: RunChange): Promise<Moved>;
};

export type RunChange = {
  readonly runId?: string;
  readonly epoch?: string;
  readonly definition?: TableFlowDefinition;
  readonly destination?: PostgresTarget;
  readonly context?: PostgresContext;
  readonly confirmation?: Confirmation;
  readonly reread?: Reread;
  readonly usualRows?: number;
  readonly retry?: readonly string[];
  readonly onNotes?: (notes: readonly RunNote[]) => Promise<void>;
  readonly keeper?: StateKeeper;
  readonly onProgress?: (progress: Progress) => void;
  readonly onCommitted?: (receipt: Receipt) => void;
  readonly onRejected?: MoveOrder["onRejected"];
};

/** Runs one flow again and again, as a worker would. */
export function runnerOf(definition: TableFlowDefinition, source: PostgresTarget, destination: PostgresTarget): Runner {
  const flowId = randomUUID();
  let epochs = 0;
  return {
    flowId,
    run: (change = {}) =>
      moveRows({
        flowId,
        runId: change.runId ?? randomUUID(),
        epoch: change.epoch ?? String(++epochs),
        definition: change.definition ?? definition,
        source,
        destination: change.destination ?? destination,
        confirmation: change.confirmation,
        reread: change.reread,
        usualRows: change.usualRows,
        retry: change.retry,
        ...(change.onNotes && { onNotes: change.onNotes }),
        keeper: change.keeper,
        ctx: change.context ?? contextWith(),
        onProgress: change.onProgress ?? (() => {}),
        onCommitted: change.onCommitted ?? (() => {}),
        onRejected: change.onRejected ?? (async () => {}),
      }),
  };
}
