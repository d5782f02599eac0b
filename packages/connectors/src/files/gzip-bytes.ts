import { createGzip } from "node:zlib";

/** Packs bytes as they come; what is not handed back yet comes later. */
export type BytePacker = { pack(bytes: Uint8Array): Promise<Uint8Array>; end(): Promise<Uint8Array> };

export function createGzipPacker(): BytePacker {
  const gzip = createGzip({ level: 1 });
  let chunks: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => chunks.push(chunk));
  const take = (): Uint8Array => {
    const taken = Buffer.concat(chunks);
    chunks = [];
    return taken;
  };
  return {
    pack: (bytes) =>
      new Promise((resolve, reject) => {
        gzip.write(bytes, (error) => (error ? reject(error) : resolve(take())));
      }),
    end: () =>
      new Promise((resolve, reject) => {
        gzip.once("error", reject).once("end", () => resolve(take()));
        gzip.end();
      }),
  };
}
