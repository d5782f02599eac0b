import { connect, createServer, type Socket } from "node:net";

export type Proxy = {
  readonly host: string;
  readonly port: number;
  /** Cuts both lines at the first chunk from the server that `seen` recognises; that chunk is lost. Works once. */
  cutWhen(seen: (chunk: Buffer) => boolean): void;
  /** Accepts everything from now on and passes nothing on, without closing anything. */
  swallow(): void;
  close(): Promise<void>;
};

/** Stands between a client and a server and breaks the line at a moment a test names. */
export async function startProxy(target: { readonly host: string; readonly port: number }): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const state: { seen?: ((chunk: Buffer) => boolean) | undefined; swallowing: boolean } = { swallowing: false };
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    const both = [client, upstream];
    for (const socket of both) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    const end = (): void => both.forEach((socket) => socket.destroy());
    client.on("close", end).on("data", (chunk) => {
      if (state.swallowing) client.pause();
      else if (!upstream.write(chunk)) client.pause();
    });
    upstream.on("drain", () => client.resume());
    upstream.on("close", end).on("data", (chunk) => {
      if (state.swallowing) return;
      if (state.seen?.(chunk)) {
        state.seen = undefined;
        end();
      } else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    host: "127.0.0.1",
    port: typeof address === "object" && address ? address.port : 0,
    cutWhen: (seen) => {
      state.seen = seen;
    },
    swallow: () => {
      state.swallowing = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
