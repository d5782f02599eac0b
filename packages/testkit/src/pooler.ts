import { connect, createServer, type Socket } from "node:net";
import type { ServerAddress } from "./server.ts";
import { messageReader } from "./wire-messages.ts";

export type Pooler = { readonly host: string; readonly port: number; close(): Promise<void> };

/** What PgBouncer 1.18 takes in a start-up packet; it refuses everything else by name. */
const startUpParameters = new Set([
  "user",
  "database",
  "client_encoding",
  "datestyle",
  "timezone",
  "standard_conforming_strings",
  "application_name",
]);

const versions = { three: 196_608, cancel: 80_877_102, ssl: 80_877_103, gss: 80_877_104 };

/**
 * Stands in for a pooler in transaction mode, with what was measured of PgBouncer 1.18: no encryption, few start-up
 * parameters, and nothing of a session outlives its transaction, neither settings nor prepared statements nor locks.
 */
export async function startPooler(server: Pick<ServerAddress, "host" | "port">): Promise<Pooler> {
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    sockets.add(client.on("error", () => {}));
    client.once("data", (first: Buffer) => greet(client, first));
  });

  function greet(client: Socket, packet: Buffer): void {
    const version = packet.length >= 8 ? packet.readInt32BE(4) : 0;
    if (version === versions.ssl || version === versions.gss) {
      client.write("N");
      client.once("data", (next: Buffer) => greet(client, next));
      return;
    }
    const refused = version === versions.three && parametersOf(packet).find((name) => !startUpParameters.has(name));
    if (refused) return void client.end(refusal(`unsupported startup parameter: ${refused}`));
    const upstream = connect(server.port, server.host).on("error", () => client.destroy());
    sockets.add(upstream);
    const hangUp = (): void => [client, upstream].forEach((socket) => void socket.destroy());
    client.on("close", hangUp);
    upstream.on("close", hangUp);
    upstream.write(packet);
    return join(client, upstream);
  }

  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  return {
    host: "127.0.0.1",
    port: typeof address === "object" && address ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Passes messages on, and between two transactions makes the server forget the session. */
function join(client: Socket, upstream: Socket): void {
  let betweenTransactions = false;
  let forgetting = false;
  const fromServer = messageReader((letter, message) => {
    if (!forgetting) client.write(message);
    if (letter !== "Z") return;
    betweenTransactions = !forgetting && message.toString("latin1", 5, 6) === "I";
    forgetting = false;
  });
  const fromClient = messageReader((letter, message) => {
    if (betweenTransactions && letter !== "X") {
      betweenTransactions = false;
      forgetting = true;
      upstream.write(query("discard all"));
    }
    upstream.write(message);
  });
  upstream.on("data", fromServer);
  client.on("data", fromClient);
}

function parametersOf(packet: Buffer): readonly string[] {
  const texts = packet.toString("utf8", 8).split("\0");
  return texts.filter((text, index) => index % 2 === 0 && text !== "");
}

function query(sql: string): Buffer {
  return framed("Q", `${sql}\0`);
}

function refusal(words: string): Buffer {
  return framed("E", `SFATAL\0C08P01\0M${words}\0\0`);
}

function framed(letter: string, body: string): Buffer {
  const message = Buffer.from(`${letter}\0\0\0\0${body}`);
  message.writeInt32BE(message.length - 1, 1);
  return message;
}
