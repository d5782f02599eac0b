import { connect, createServer, type Socket } from "node:net";

export type Proxy = {
  readonly host: string;
  readonly port: number;
  /** Cuts both lines at the first chunk of one side that `seen` recognises; that chunk is lost. Works once. */
  cutWhen(side: "client" | "server", seen: (chunk: Buffer) => boolean): void;
  /** From the first chunk of one side that `seen` recognises on, accepts everything and passes nothing on. */
  swallowWhen(side: "client" | "server", seen: (chunk: Buffer) => boolean): void;
  /** Accepts everything from now on and passes nothing on, without closing anything. */
  swallow(): void;
  close(): Promise<void>;
};

/** Stands between a client and a server and breaks the line at a moment a test names. */
export async function startProxy(target: { readonly host: string; readonly port: number }): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const state: {
    cut?: { side: "client" | "server"; seen: (chunk: Buffer) => boolean } | undefined;
    mute?: { side: "client" | "server"; seen: (chunk: Buffer) => boolean } | undefined;
    swallowing: boolean;
  } = {
    swallowing: false,
  };
  const isLast = (side: "client" | "server", chunk: Buffer): boolean => {
    if (state.cut?.side !== side || !state.cut.seen(chunk)) return false;
    state.cut = undefined;
    return true;
  };
  const isMuted = (side: "client" | "server", chunk: Buffer): boolean => {
    if (state.mute?.side === side && state.mute.seen(chunk)) state.swallowing = true;
    return state.swallowing;
  };
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    const both = [client, upstream];
    for (const socket of both) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    const end = (): void => both.forEach((socket) => socket.destroy());
    client.on("close", end).on("data", (chunk) => {
      if (isLast("client", chunk)) end();
      else if (isMuted("client", chunk)) client.pause();
      else if (!upstream.write(chunk)) client.pause();
    });
    upstream.on("drain", () => client.resume());
    upstream.on("close", end).on("data", (chunk) => {
      if (isMuted("server", chunk)) return;
      if (isLast("server", chunk)) end();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    host: "127.0.0.1",
    port: typeof address === "object" && address ? address.port : 0,
    cutWhen: (side, seen) => {
      state.cut = { side, seen };
    },
    swallowWhen: (side, seen) => {
      state.mute = { side, seen };
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
