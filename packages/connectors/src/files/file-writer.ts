import { createHash } from "node:crypto";
import type { FieldMapping, FilesSettings } from "@headgate/contract";
import { fileName, type FileNameFacts } from "@headgate/core";
import type { Acknowledgement, BatchWriter, ReadyBatch, RejectedRow, RowBatch, WriterOrder } from "../batch-writer.ts";
import { WriterFault } from "../batch-writer.ts";
import { rowCount } from "../copy-text/copy-lines.ts";
import { createRowNames } from "../delivery/row-ids.ts";
import { createCsvEncoder } from "./csv-encoder.ts";
import type { FileEncoder } from "./file-encoder.ts";
import type { FilePlace, OpenFile } from "./file-place.ts";
import { createGzipPacker } from "./gzip-bytes.ts";
import { createJsonlEncoder } from "./jsonl-encoder.ts";
import { readManifest, type Manifest } from "./manifest.ts";

export type FileTarget = {
  readonly settings: FilesSettings;
  readonly fields: readonly FieldMapping[];
  readonly facts: Omit<FileNameFacts, "runId">;
};

/**
 * Writes all rows of a run into one file that is complete or absent; batches are acknowledged when it is complete. A
 * run that is tried again replaces what its earlier attempt left, and does nothing where that one had finished.
 */
export function createFileWriter(
  target: FileTarget,
  order: WriterOrder,
  openPlace: () => FilePlace,
): BatchWriter<RowBatch | ReadyBatch> {
  const { settings } = target;
  const name = fileName(settings, { ...target.facts, runId: order.runId });
  return async function* write(batches) {
    const place = openPlace();
    let file: OpenFile | undefined;
    try {
      const before = await place.findManifest(name);
      if (before !== undefined) {
        yield alreadyWritten(before, name, order);
        return;
      }
      file = await place.begin(name);
      const { manifest, acknowledgements } = await fill(file, batches, target, order, name);
      order.signal.throwIfAborted();
      await file.finish(`${JSON.stringify(manifest, null, 2)}\n`);
      file = undefined;
      yield* acknowledgements;
    } finally {
      await file?.abandon();
      await place.close();
    }
  };
}

function alreadyWritten(text: string, name: string, { flowId, runId }: WriterOrder): Acknowledgement {
  const manifest = readManifest(text);
  if (manifest?.flow !== flowId || manifest.run !== runId)
    throw new WriterFault("file_taken", "settings", { file: name });
  return { seq: 0, position: manifest.to, delivered: manifest.rows, rejected: manifest.rejected };
}

type Filled = { readonly manifest: Manifest; readonly acknowledgements: readonly Acknowledgement[] };

async function fill(
  file: OpenFile,
  batches: AsyncIterable<RowBatch | ReadyBatch>,
  { settings, fields }: FileTarget,
  order: WriterOrder,
  name: string,
): Promise<Filled> {
  const encoder = await createEncoder(settings, fields, order);
  const packer = settings.compression === "gzip" && settings.format !== "parquet" ? createGzipPacker() : undefined;
  const names = createRowNames(order.columns, order.key);
  const digest = createHash("sha256");
  const acknowledgements: Acknowledgement[] = [];
  let [bytes, rows, to] = [0, 0, order.from];
  const rejectedRows: RejectedRow[] = [];
  const put = async (piece: Uint8Array): Promise<void> => {
    if (piece.length === 0) return;
    digest.update(piece);
    bytes += piece.length;
    await file.write(piece);
  };
  const pack = async (piece: Uint8Array): Promise<void> => put(packer ? await packer.pack(piece) : piece);

  const encode = (batch: RowBatch): EncodedBatch => {
    const { bytes: encoded, unfit } = encoder.encode(batch);
    const rejected = unfit.map(({ index, column, sentence }): RejectedRow => {
      return { key: names.keyOf(batch, index), column, code: "value_unfit", sentence };
    });
    return { bytes: encoded, read: rowCount(batch), rejected };
  };

  await pack(encoder.begin());
  for await (const batch of batches) {
    order.signal.throwIfAborted();
    const { bytes: encoded, read, rejected } = "bytes" in batch ? asItIs(batch) : encode(batch);
    rejectedRows.push(...rejected);
    requireFew(rejectedRows.length, order.rejectLimit);
    await pack(encoded);
    const delivered = read - rejected.length;
    rows += delivered;
    to = batch.position;
    acknowledgements.push({ seq: batch.seq, position: to, delivered, rejected });
  }
  await pack(encoder.end());
  if (packer) await put(await packer.end());
  const manifest: Manifest = {
    headgate: 1,
    file: name,
    format: settings.format,
    compression: settings.format === "parquet" ? "snappy" : settings.compression,
    columns: fields.map(({ destination }) => destination),
    rows,
    bytes,
    sha256: digest.digest("hex"),
    flow: order.flowId,
    run: order.runId,
    from: order.from,
    to,
    rejected: rejectedRows,
  };
  return { manifest, acknowledgements };
}

type EncodedBatch = { readonly bytes: Uint8Array; readonly read: number; readonly rejected: readonly RejectedRow[] };

function asItIs({ bytes, ready }: ReadyBatch): EncodedBatch {
  return { bytes, read: ready, rejected: [] };
}

function requireFew(rejected: number, limit: number): void {
  if (rejected <= limit) return;
  throw new WriterFault("too_many_rejected", "settings", { rejected: String(rejected), limit: String(limit) });
}

async function createEncoder(
  { format, csv }: FilesSettings,
  fields: readonly FieldMapping[],
  { columns }: WriterOrder,
): Promise<FileEncoder> {
  if (format === "csv") return createCsvEncoder(csv, fields, columns);
  if (format === "jsonl") return createJsonlEncoder(fields, columns);
  // Loaded only where it is needed: few flows write Parquet.
  const { createParquetEncoder } = await import("./parquet-encoder.ts");
  return createParquetEncoder(fields, columns);
}
