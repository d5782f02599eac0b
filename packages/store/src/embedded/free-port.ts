import { createServer } from "node:net";

/** A TCP port that was free a moment ago: `preferred` when it still is, else one the system picks. */
export async function freePort(preferred = 0, host = "127.0.0.1"): Promise<number> {
  return (await listenOnce(preferred, host)) ?? (await listenOnce(0, host)) ?? fail(host);
}

/** Whether a server could listen on this port now. */
export async function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return (await listenOnce(port, host)) !== undefined;
}

function listenOnce(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}

function fail(host: string): never {
  throw new Error(`No program can listen on ${host}: this machine has no free port there.`);
}
