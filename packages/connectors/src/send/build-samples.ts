import type { FlowDefinition } from "@headgate/contract";
import type { ReceiverTarget } from "@headgate/core";
import type { Column, RejectedRow, RowBatch } from "../batch-writer.ts";
import { compileJson } from "../compile-json.ts";
import { createCopyLine, readLine } from "../copy-text/copy-line.ts";
import { linesOf } from "../copy-text/copy-lines.ts";
import { createRowNames } from "../delivery/row-ids.ts";
import { createUuidMaker } from "../delivery/uuid.ts";
import { compileEvents } from "../events/build-event.ts";
import { dialects } from "../events/dialects.ts";
import { sizeFault } from "../events/pack-events.ts";
import { createByteWriter, written } from "../json/byte-writer.ts";

export type SampleParts = {
  readonly flowId: string;
  readonly definition: FlowDefinition;
  readonly target: ReceiverTarget;
  readonly columns: readonly Column[];
};

export type Samples = { readonly samples: readonly string[]; readonly unfit: readonly RejectedRow[] };

type Fault = Omit<RejectedRow, "key">;

/** Builds rows as a run would send them, each as a JSON text, without sending any; those that will not do are named. */
export function buildSamples(parts: SampleParts, batch: RowBatch): Samples {
  const { flowId, definition, columns } = parts;
  const names = createRowNames(columns, definition.syncKey);
  const ids = createUuidMaker(flowId);
  const build = builderOf(parts);
  const line = createCopyLine(columns.length + 1);
  const out = createByteWriter(16 * 1024);
  const batchNames = names.namesIn(batch);
  const samples: string[] = [];
  const unfit: RejectedRow[] = [];
  let row = 0;
  for (const piece of linesOf(batch).pieces) {
    line.bytes = piece;
    for (let at = 0; at < piece.length; row += 1) {
      at = readLine(line, at);
      batchNames.put(ids.begin(), line);
      out.at = 0;
      const fault = build(out, line, ids);
      if (fault) unfit.push({ key: names.keyOf(batch, row), ...fault });
      else samples.push(written(out).toString("utf8"));
    }
  }
  return { samples, unfit };
}

type Build = (...given: Parameters<ReturnType<typeof compileEvents>>) => Fault | undefined;

function builderOf({ definition, target, columns }: SampleParts): Build {
  const { destination, fields } = definition;
  if (destination.kind === "events" && target.kind === "events") {
    const { dialect } = target.settings;
    const build = compileEvents(destination.mapping, columns, dialect);
    return (out, line, id) => build(out, line, id) ?? sizeFault(dialects[dialect], out.at);
  }
  const putJson = compileJson(
    fields.map((field) => ({ source: field.source, path: [field.destination] })),
    columns,
  );
  return (out, line) => {
    putJson(out, line);
    return undefined;
  };
}
