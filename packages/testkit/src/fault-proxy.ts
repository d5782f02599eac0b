import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { messageReader } from "./wire-messages.ts";

/** One message of the PostgreSQL protocol on its way. */
export type PassingMessage = {
  readonly from: "client" | "server";
  /** Its letter, for example `C` (command complete) or `d` (copy data). */
  readonly letter: string;
  /** What `C` and `Q` say: a command tag such as `COMMIT`, or a query; of others the first 200 bytes. */
  readonly text: string;
};

/**
 * What happens at the message: `cut` loses it and both lines; `cut after` lets it through first; `hold` lets nothing
 * through from then on and closes nothing; a function is waited for before the message goes on.
 */
export type FaultAction = "cut" | "cut after" | "hold" | (() => Promise<void>);

export type Fault = {
  readonly at: (message: PassingMessage) => boolean;
  /** Strikes at the nth such message from now on, counted over all lines; absent: at the first. */
  readonly nth?: number;
  readonly action: FaultAction;
};

export type FaultProxy = {
  readonly host: string;
  readonly port: number;
  /** Says afterwards whether it has struck. It strikes once; lines opened later are left alone. */
  arm(fault: Fault): { struck(): boolean; disarm(): void };
  /** Ends the lines that are held. */
  letGo(): void;
  close(): Promise<void>;
};

type Armed = Fault & { seen: number; struck: boolean };

/** Stands between a client and a server, reads their protocol without TLS, and strikes at exactly the message a test names. */
export async function startFaultProxy(target: { readonly host: string; readonly port: number }): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const held = new Set<Socket>();
  let armed: Armed | undefined;

  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    const both = [client, upstream];
    let holding = false;
    const hold = (): void => {
      holding = true;
      for (const socket of both) held.add(socket);
    };
    const cut = (): void => {
      // A reset towards us; towards the server an orderly end, or it would forget what it has not read yet.
      client.resetAndDestroy();
      upstream.end();
    };
    const cutAfter = (from: "client" | "server"): void => {
      if (from === "client") return cut();
      client.end();
      upstream.end();
    };
    for (const socket of both) {
      sockets.add(socket);
      // Messages go on one by one; Nagle would wait 40 ms for each.
      socket.setNoDelay(true);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    const side = (from: "client" | "server", to: Socket): ((chunk: Buffer) => void) => {
      // What was read waits here for an action, in order.
      let turn = Promise.resolve();
      const pass = async (letter: string, message: Buffer): Promise<void> => {
        if (holding) return;
        const fault = armed;
        const text = message.toString("latin1", 5, 205).replace(/\0.*$/s, "");
        if (!fault || fault.struck || !fault.at({ from, letter, text }) || (fault.seen += 1) < (fault.nth ?? 1))
          return void to.write(message);
        fault.struck = true;
        if (fault.action === "hold") return hold();
        if (fault.action === "cut") return cut();
        if (fault.action === "cut after") to.write(message, () => cutAfter(from));
        else {
          await fault.action();
          to.write(message);
        }
      };
      return from === "server"
        ? messageReader((letter, message) => void (turn = turn.then(() => pass(letter, message))))
        : afterFirst(
            (first) => void to.write(first),
            messageReader((letter, message) => void (turn = turn.then(() => pass(letter, message)))),
          );
    };
    client.on("data", side("client", upstream)).on("close", () => holding || upstream.end());
    upstream.on("data", side("server", client)).on("close", () => holding || client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: "127.0.0.1",
    port: (server.address() as AddressInfo).port,
    arm: (fault) => {
      const own: Armed = { ...fault, seen: 0, struck: false };
      armed = own;
      return { struck: () => own.struck, disarm: () => void (armed = armed === own ? undefined : armed) };
    },
    letGo: () => held.forEach((socket) => socket.destroy()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A client's first message, start-up or cancel, has no letter. */
function afterFirst(onFirst: (message: Buffer) => void, onRest: (chunk: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer | undefined = Buffer.alloc(0);
  return (chunk) => {
    if (rest === undefined) return onRest(chunk);
    rest = Buffer.concat([rest, chunk]);
    if (rest.length < 4 || rest.length < rest.readInt32BE(0)) return;
    const length = rest.readInt32BE(0);
    onFirst(rest.subarray(0, length));
    const more = rest.subarray(length);
    rest = undefined;
    if (more.length > 0) onRest(more);
  };
}
