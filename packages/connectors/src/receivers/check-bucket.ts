import { randomBytes } from "node:crypto";
import type { CheckCode, CheckStage, FilesSecrets } from "@headgate/contract";
import { createS3Client, type BucketSettings } from "../files/s3-client.ts";
import { createHttpClient } from "../net/http/http-client.ts";
import { HttpFault } from "../net/http/http-fault.ts";
import type { StageClock } from "../postgres/stage-clock.ts";
import type { ReceiverFindings } from "./check-receiver.ts";
import { reachReceiver } from "./reach-receiver.ts";
import { addressOf } from "./receiver-address.ts";
import { ReceiverRefusal, type ReceiverContext } from "./receiver-context.ts";

/** What a storage calls its refusals, and where they belong. */
const refusals: Readonly<Record<string, readonly [CheckStage, CheckCode]>> = {
  InvalidAccessKeyId: ["sign_in", "storage_refused_login"],
  SignatureDoesNotMatch: ["sign_in", "storage_refused_login"],
  NoSuchBucket: ["bucket", "bucket_missing"],
  AccessDenied: ["write", "storage_forbidden"],
};

/** Puts an object of its own, reads it back and takes it away again. */
export async function checkBucket(
  settings: BucketSettings,
  secrets: FilesSecrets,
  context: ReceiverContext,
  clock: StageClock,
): Promise<ReceiverFindings> {
  const address = addressOf({ kind: "files", settings, secrets });
  if (!address) throw new ReceiverRefusal("name", "unexpected");
  const encryption = await reachReceiver(address, context, clock);
  const { gate, signal } = context;
  const http = createHttpClient(address.url.origin, { gate });
  const s3 = await import("@aws-sdk/client-s3");
  const client = await createS3Client({ settings, secrets, http, signal });
  const name = `headgate-test-${randomBytes(6).toString("hex")}`;
  const at = { Bucket: settings.bucket, Key: settings.prefix === "" ? name : `${settings.prefix}/${name}` };
  try {
    clock.onStage("sign_in", "running");
    await client.send(new s3.PutObjectCommand({ ...at, Body: "test" }));
    clock.onStage("sign_in", "passed");
    clock.onStage("bucket", "running");
    clock.onStage("bucket", "passed", settings.bucket);
    clock.onStage("write", "running");
    const found = await client.send(new s3.GetObjectCommand(at));
    const text = await found.Body?.transformToString("utf8");
    await client.send(new s3.DeleteObjectCommand(at));
    if (text !== "test") throw new ReceiverRefusal("write", "storage_failed", { reason: "another content" });
    clock.onStage("write", "passed");
    return { encryption };
  } catch (error) {
    if (error instanceof ReceiverRefusal || signal.aborted) throw error;
    const [stage, code] = judge(error, clock);
    throw new ReceiverRefusal(stage, code, { reason: reasonOf(error) }, error);
  } finally {
    client.destroy();
    await http.close();
  }
}

function judge(error: unknown, clock: StageClock): readonly [CheckStage, CheckCode] {
  if (error instanceof HttpFault) return [clock.stage(), error.code === "not_http" ? "not_http" : "line_cut"];
  const known = error instanceof Error ? refusals[error.name] : undefined;
  return known ?? [clock.stage(), "storage_failed"];
}

/** The storage's own name for it; never its words, which may repeat a key. */
function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  return /^[A-Za-z]{1,60}$/.test(name) ? name : "unreadable";
}
