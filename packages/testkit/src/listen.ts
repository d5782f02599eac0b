import { createServer, type Socket } from "node:net";

export type Listener = {
  readonly host: string;
  readonly port: number;
  /** Every socket accepted so far. */
  readonly sockets: ReadonlySet<Socket>;
  close(): Promise<void>;
};

/** A TCP server that does what `handle` says with each caller: for servers that lie, stall or speak another protocol. */
export async function listen(handle: (socket: Socket) => void, host = "127.0.0.1"): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    handle(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  const address = server.address();
  return {
    host,
    port: typeof address === "object" && address ? address.port : 0,
    sockets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
