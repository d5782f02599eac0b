import type { S3Client } from "@aws-sdk/client-s3";
import type { FilesSecrets } from "@headgate/contract";
import { WriterFault } from "../batch-writer.ts";
import { createCircuit } from "../delivery/circuit.ts";
import { systemClock } from "../delivery/clock.ts";
import type { DestinationContext } from "../delivery/destination-context.ts";
import { createHttpClient } from "../net/http/http-client.ts";
import { manifestName, type FilePlace, type OpenFile } from "./file-place.ts";
import { createS3Client, type BucketSettings } from "./s3-client.ts";
import { atStorage, isMissing, isTaken, isUnknownCondition } from "./s3-fault.ts";

export type S3PlaceOptions = {
  readonly settings: BucketSettings;
  readonly secrets: FilesSecrets;
  readonly signal: AbortSignal;
  readonly context: DestinationContext;
  /** Bytes of a part; storages take parts of 5 MB and more, and 10,000 of them. */
  readonly partBytes?: number;
};

const usualPartBytes = 8 * 1024 * 1024;
/** A part over a slow line takes longer than any other request. */
const partMs = 10 * 60_000;

/** Where something stands: bucket and key, as every request names them. */
type At = { readonly Bucket: string; readonly Key: string };
type Tools = {
  readonly client: S3Client;
  readonly run: <T>(work: () => Promise<T>, lets?: (error: unknown) => boolean) => Promise<T>;
};

/**
 * Storage that speaks S3. An object comes into being when its last request says so: in one piece when it is small, else
 * in parts that are put together at the end (complete or absent, reliability §4.6). Its manifest follows.
 */
export function openS3Place({
  settings,
  secrets,
  signal,
  context,
  partBytes = usualPartBytes,
}: S3PlaceOptions): FilePlace {
  const http = createHttpClient(new URL(settings.endpoint).origin, {
    gate: context.gate,
    limits: { firstByteMs: 60_000, totalMs: partMs, answerBytes: 1024 * 1024, ...context.limits },
  });
  const clock = context.clock ?? systemClock;
  const circuit = createCircuit(clock);
  let client: Promise<S3Client> | undefined;
  const tools = async (): Promise<Tools> => ({
    client: await (client ??= createS3Client({ settings, secrets, http, signal })),
    run: (work, lets) => atStorage({ circuit, clock, signal }, work, lets),
  });
  const at = (name: string): At => ({
    Bucket: settings.bucket,
    Key: settings.prefix === "" ? name : `${settings.prefix}/${name}`,
  });
  return {
    findManifest: async (name) => readText(await tools(), at(manifestName(name))),
    begin: async (name) => openObject(await tools(), at(name), at(manifestName(name)), partBytes),
    close: async () => {
      (await client)?.destroy();
      await http.close();
    },
  };
}

async function openObject(tools: Tools, at: At, manifestAt: At, partBytes: number): Promise<OpenFile> {
  const s3 = await import("@aws-sdk/client-s3");
  const { client, run } = tools;
  const parts: { PartNumber: number; ETag: string | undefined }[] = [];
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let sentBytes = 0;
  let upload: string | undefined;

  const sendPart = async (): Promise<void> => {
    const Body = Buffer.concat(held);
    [held, heldBytes] = [[], 0];
    upload ??= (await run(() => client.send(new s3.CreateMultipartUploadCommand(at)))).UploadId;
    const numbered = { ...at, UploadId: upload, PartNumber: parts.length + 1 };
    const { ETag } = await run(() => client.send(new s3.UploadPartCommand({ ...numbered, Body })));
    sentBytes += Body.length;
    parts.push({ PartNumber: numbered.PartNumber, ETag });
  };
  return {
    write: async (bytes) => {
      held.push(Buffer.from(bytes));
      heldBytes += bytes.length;
      // Parts grow with the file, so that 10,000 of them are enough for 2.5 TB.
      if (heldBytes >= partBytes * (1 + Math.floor(parts.length / 500))) await sendPart();
    },
    finish: async (manifest) => {
      // Another attempt was faster: its object stays as it is.
      if ((await readText(tools, manifestAt)) !== undefined) throw taken(at);
      if (upload === undefined) {
        const Body = Buffer.concat(held);
        await run(() => client.send(new s3.PutObjectCommand({ ...at, Body })));
      } else {
        if (heldBytes > 0) await sendPart();
        const whole = { ...at, UploadId: upload, MultipartUpload: { Parts: parts } };
        // When the answer was lost, the upload is gone and the object there: asking again finds no upload.
        try {
          await run(() => client.send(new s3.CompleteMultipartUploadCommand(whole)), isMissing);
        } catch (error) {
          if (!isMissing(error)) throw error;
          const { ContentLength } = await run(() => client.send(new s3.HeadObjectCommand(at)));
          if (ContentLength !== sentBytes) throw new WriterFault("file_failed", "temporary", { file: at.Key }, error);
        }
        upload = undefined;
      }
      await putManifest(tools, manifestAt, manifest);
    },
    abandon: async () => {
      const UploadId = upload;
      if (UploadId === undefined) return;
      upload = undefined;
      // What stays behind when this fails is swept by the bucket's own rule for incomplete uploads.
      await client.send(new s3.AbortMultipartUploadCommand({ ...at, UploadId })).catch(() => {});
    },
  };
}

/** Where the storage can, the manifest is made only if there is none: an attempt that is late must not say otherwise. */
async function putManifest(tools: Tools, at: At, text: string): Promise<void> {
  const { client, run } = tools;
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const put = (condition: { IfNoneMatch?: "*" }): Promise<unknown> =>
    client.send(new PutObjectCommand({ ...at, ...condition, Body: text, ContentType: "application/json" }));
  try {
    await run(
      () => put({ IfNoneMatch: "*" }),
      (error) => isTaken(error) || isUnknownCondition(error),
    );
  } catch (error) {
    if (isUnknownCondition(error)) await run(() => put({}));
    // It may be this very manifest, its first answer lost.
    else if (!isTaken(error)) throw error;
    else if ((await readText(tools, at)) !== text) throw taken(at);
  }
}

function taken({ Key }: At): WriterFault {
  return new WriterFault("file_taken", "settings", { file: Key });
}

/** An object's text; undefined where there is none. */
async function readText({ client, run }: Tools, at: At): Promise<string | undefined> {
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  try {
    const found = await run(() => client.send(new GetObjectCommand(at)), isMissing);
    return await found.Body?.transformToString("utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
