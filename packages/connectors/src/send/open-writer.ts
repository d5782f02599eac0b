import type { FieldMapping, FlowDefinition } from "@headgate/contract";
import type { FileNameFacts, ReceiverTarget } from "@headgate/core";
import { WriterFault, type BatchWriter, type ReadyBatch, type RowBatch, type WriterOrder } from "../batch-writer.ts";
import type { DestinationContext } from "../delivery/destination-context.ts";
import { createEventWriter } from "../events/event-writer.ts";
import { createFileWriter } from "../files/file-writer.ts";
import { openFolderPlace } from "../files/folder-place.ts";
import { openS3Place } from "../files/s3-place.ts";
import { createWebhookWriter } from "../webhook/webhook-writer.ts";

export type WriterParts = {
  readonly destination: FlowDefinition["destination"];
  readonly fields: readonly FieldMapping[];
  readonly target: ReceiverTarget;
  readonly facts: Omit<FileNameFacts, "runId">;
  readonly order: WriterOrder;
  readonly context: DestinationContext;
  readonly filesDir: string | undefined;
};

/** The writer of a flow's destination. Throws a `WriterFault` where its place is not there. */
export function openWriter(parts: WriterParts): BatchWriter<RowBatch | ReadyBatch> {
  const { destination, fields, target, facts, order, context, filesDir } = parts;
  if (target.kind === "events" && destination.kind === "events") {
    const { settings, secrets } = target;
    return createEventWriter({ settings, secrets, mapping: destination.mapping }, order, context) as BatchWriter<
      RowBatch | ReadyBatch
    >;
  }
  if (target.kind === "webhook") {
    const { settings, secrets } = target;
    return createWebhookWriter({ settings, secrets, fields }, order, context) as BatchWriter<RowBatch | ReadyBatch>;
  }
  if (target.kind !== "files") throw new WriterFault("receiver_missing", "settings", { reason: "another kind" });
  const { settings, secrets } = target;
  const { runId, signal } = order;
  return createFileWriter({ settings, fields, facts }, order, () => {
    if (settings.place === "s3") return openS3Place({ settings, secrets, signal, context });
    if (filesDir === undefined) throw new WriterFault("file_place_missing", "settings", { folder: settings.folder });
    return openFolderPlace({ root: filesDir, folder: settings.folder, runId });
  });
}
