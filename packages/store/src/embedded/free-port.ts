import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below the ports that systems give to outgoing connections (Linux from 32768 on, others from 49152): there, somebody's
 * connection often takes a port between our look and its use, or while a remembered one is not listened on.
 */
const quiet = { from: 20_000, to: 32_000 };
const mostTries = 50;

/** A TCP port that was free a moment ago: `preferred` when it still is, else a random one that is hardly in demand. */
export async function freePort(preferred = 0, host = "127.0.0.1"): Promise<number> {
  if (preferred > 0 && (await isPortFree(preferred, host))) return preferred;
  for (let tries = 0; tries < mostTries; tries++) {
    const port = randomInt(quiet.from, quiet.to);
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`No program can listen on ${host}: this machine has no free port there.`);
}

/** Whether a server could listen on this port now. */
export function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
