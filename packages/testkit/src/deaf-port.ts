import { connect, type Socket } from "node:net";
import { spawnTethered } from "@headgate/store/embedded";

export type DeafPort = { readonly host: string; readonly port: number; close(): Promise<void> };

/** Listens with room for one caller and then never again looks at who calls. */
const program = `
const server = require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
  require("node:fs").writeSync(1, server.address().port + "\\n");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** More than fit into the queue of a port with a backlog of one. */
const callers = 4;

/** A port that answers no call, as behind a firewall that drops packets: its queue is full and nobody empties it. */
export async function openDeafPort(): Promise<DeafPort> {
  const child = spawnTethered(process.execPath, ["-e", program], { signal: "TERM" });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const port = await new Promise<number>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  const first = await calling(port);
  const others = await Promise.all(Array.from({ length: callers - 1 }, () => calling(port)));
  return {
    host: "127.0.0.1",
    port,
    close: async () => {
      for (const socket of [first, ...others]) socket.destroy();
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** Settles once the call was sent; whether it is answered is not waited for. */
function calling(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    setImmediate(() => resolve(socket));
  });
}
