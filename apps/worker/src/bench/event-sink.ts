import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** A receiver that reads and forgets: answers after the milliseconds it is given, or counts the events it reads. */
const [delay = "0", counting] = process.argv.slice(2);
const delayMs = Number(delay);
let events = 0;

const server = createServer((req, res) => {
  if (req.method === "GET") return void res.end(String(events));
  let tail = "";
  req.on("data", (chunk: Buffer) => {
    if (!counting) return;
    const text = tail + chunk.toString("latin1");
    events += text.split('"messageId"').length - 1;
    // A name cut in two is counted with the next piece, one that was whole is not counted again.
    tail = text.slice(-10);
  });
  req.on("end", () => {
    const answer = (): void => void res.end("OK");
    if (delayMs > 0) void pause(delayMs).then(answer);
    else answer();
  });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
