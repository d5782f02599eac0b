import type { Duplex } from "node:stream";
import { notPostgres, otherService } from "./other-service.ts";
import { ProtocolFault, TlsRefusal } from "./tls-refusal.ts";

const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

export type SslAnswer = "accepted" | "declined";

/**
 * Asks a PostgreSQL server for encryption. Bytes behind its one-letter answer were put there by somebody in between,
 * to be taken for the server's first encrypted words (CVE-2021-23222), and end the attempt.
 */
export function requestSsl(socket: Duplex, timeoutMs: number, signal: AbortSignal): Promise<SslAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      socket.off("data", onData).off("error", onError).off("close", onClose);
      finish();
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onAbort = (): void => onError(new Error("stopped"));
    const onClose = (): void => onError(new ProtocolFault("line_cut", "The server hung up before it answered."));
    const onData = (chunk: Buffer): void => {
      // The socket belongs to TLS or to pg from here on; until they listen nothing may get lost.
      socket.pause();
      const answer = readAnswer(chunk);
      settle(() => (answer instanceof Error ? reject(answer) : resolve(answer)));
    };
    const timer = setTimeout(() => onError(new ProtocolFault("port_silent", "No answer to the greeting.")), timeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    socket.on("data", onData).on("error", onError).on("close", onClose);
    socket.write(sslRequest);
  });
}

function readAnswer(chunk: Buffer): SslAnswer | Error {
  const letter = chunk.toString("latin1", 0, 1);
  if (chunk.length === 1 && letter === "S") return "accepted";
  if (chunk.length === 1 && letter === "N") return "declined";
  if (otherService(chunk)) return notPostgres(chunk);
  if (letter === "E") return new TlsRefusal("tls_failed", "The server answered the wish for encryption with an error.");
  if (letter === "N" || (letter === "S" && !chunk.toString("latin1", 0, 4).startsWith("SSH"))) {
    return new TlsRefusal("tls_failed", "Unexpected bytes came with the answer to the wish for encryption.");
  }
  return notPostgres(chunk);
}
