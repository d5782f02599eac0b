import { connect, type Socket } from "node:net";

/** No answer within the time given. */
export class ConnectTimeout extends Error {
  override readonly name = "ConnectTimeout";
  readonly code = "ETIMEDOUT";
}

/** Opens a TCP connection to an IP address; never a name, so nothing is resolved a second time. */
export function openSocket(address: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: address, port, autoSelectFamily: false });
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      socket.removeListener("error", fail);
    };
    const fail = (error: Error): void => {
      settle();
      // A late error of a socket nobody waits for any more must not end the process.
      socket.on("error", () => {});
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(new Error("stopped"));
    const timer = setTimeout(() => fail(new ConnectTimeout("no answer")), timeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("error", fail);
    socket.once("connect", () => {
      settle();
      // Dead peers show after about 20 s of silence: 10 s idle, then Node probes ten times, a second apart (V29).
      socket.setKeepAlive(true, 10_000);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}
