import { connect, createServer, type Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";

/** How a line is bad, in both directions; absent: not in this way. */
export type SlowLine = {
  readonly latencyMs?: number;
  readonly bytesPerSecond?: number;
  /** Every write holds so many bytes at most. */
  readonly sliceBytes?: number;
};

export type SlowProxy = { readonly host: string; readonly port: number; close(): Promise<void> };

/** Stands between a client and a server as a line that is long, narrow, or cuts everything to pieces. */
export async function startSlowProxy(
  target: { readonly host: string; readonly port: number },
  line: SlowLine,
): Promise<SlowProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    const end = (): void => [client, upstream].forEach((socket) => void socket.destroy());
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      pipeline(from, (source: AsyncIterable<Buffer>) => slowly(source, line), to).catch(end);
    client.on("close", end);
    upstream.on("close", end);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    host: "127.0.0.1",
    port: typeof address === "object" && address ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Passes on what comes, in its time. Back-pressure reaches whoever sends: a line keeps no more than what is on its way. */
async function* slowly(
  from: AsyncIterable<Buffer>,
  { latencyMs = 0, bytesPerSecond = Infinity, sliceBytes = Infinity }: SlowLine,
): AsyncGenerator<Buffer> {
  const mostAtOnce = Math.min(sliceBytes, Math.max(1, Math.ceil(bytesPerSecond / 20)));
  for await (const chunk of from) {
    if (latencyMs > 0) await pause(latencyMs);
    for (let at = 0; at < chunk.length; at += mostAtOnce) {
      const piece = chunk.subarray(at, at + mostAtOnce);
      yield piece;
      if (Number.isFinite(bytesPerSecond)) await pause((piece.length / bytesPerSecond) * 1000);
    }
  }
}
