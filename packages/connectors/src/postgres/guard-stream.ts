import type { Duplex } from "node:stream";
import { notPostgres, otherService } from "../net/other-service.ts";
import { ProtocolFault } from "../net/tls-refusal.ts";

/** More than any server needs to say before it is ready (V9: without a budget 400 MB were buffered). */
const greetingBudget = 64 * 1024;
/** What a server may say first: R asks for a password, E refuses, N is a notice, v negotiates the version. */
const firstLetters = new Set(["R", "E", "N", "v"]);

export type StreamGuard = {
  /** The session is ready; from now on `maxBytes` may arrive, or any number. */
  ready(maxBytes?: number): void;
};

/**
 * Stands between a socket and pg's parser, which trusts every length it reads and throws out of the socket's event
 * for an authentication type it does not know; either would end the process. Call it after `client.connect()`.
 */
export function guardStream(stream: Duplex): StreamGuard {
  const parsers = stream.listeners("data") as ((chunk: Buffer) => void)[];
  let received = 0;
  let budget = greetingBudget;
  const inspect = (chunk: Buffer): void => {
    if (received === 0) inspectGreeting(chunk);
    received += chunk.length;
    if (received > budget) throw new ProtocolFault("not_postgres", "The server sent more than it may.");
  };
  for (const parse of parsers) {
    stream.removeListener("data", parse);
    stream.on("data", (chunk: Buffer) => {
      try {
        inspect(chunk);
        parse(chunk);
      } catch (error) {
        stream.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }
  return {
    ready: (maxBytes = Number.POSITIVE_INFINITY) => {
      budget = received + maxBytes;
    },
  };
}

function inspectGreeting(chunk: Buffer): void {
  const length = chunk.length >= 5 ? chunk.readUInt32BE(1) : 0;
  const fits = firstLetters.has(chunk.toString("latin1", 0, 1)) && length <= greetingBudget;
  if (!fits || otherService(chunk)) throw notPostgres(chunk);
}
