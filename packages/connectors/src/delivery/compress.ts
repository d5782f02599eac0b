import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { isLoopbackHost } from "../net/loopback-host.ts";

const pack = promisify(gzip);

export type PackedBody = { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> };

/** Makes a body a fifth of its size for other machines; on this one the line is faster than any compression. */
export async function compressFor(host: string, body: Buffer, wanted: boolean): Promise<PackedBody> {
  if (!wanted || isLoopbackHost(host)) return { body, headers: {} };
  // Level 1: level 6 costs a tenth of the speed for little (performance §4).
  return { body: await pack(body, { level: 1 }), headers: { "content-encoding": "gzip" } };
}
