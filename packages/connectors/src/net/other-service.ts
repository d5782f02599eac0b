import { ProtocolFault } from "./tls-refusal.ts";

/** How other programs begin, read as Latin-1. First match wins. */
const greetings: readonly (readonly [string, RegExp])[] = [
  ["HTTP", /^(HTTP\/\d|<(!doctype )?html)/i],
  ["SSH", /^SSH-/],
  // Three bytes of length, packet number 0, protocol version 10, then the version in digits.
  ["MariaDB", /^[^]{3}\0\n[\d.]+-[\w.-]*MariaDB/],
  ["MySQL", /^[^]{3}\0\n\d+\.\d+/],
  ["MySQL", /^[^]{3}\0\xff[^]{2}(#\w{5})?Host /],
  ["Redis", /^-(ERR|DENIED|NOAUTH|WRONGPASS) /],
  ["Memcached", /^ERROR\r\n/],
  ["SMTP or FTP", /^220[ -]/],
];

/** An alert or a handshake of TLS: whoever sends it was waiting for TLS and nothing else. */
function isTlsRecord([kind, major]: Buffer): boolean {
  return (kind === 0x15 || kind === 0x16) && major === 3;
}

/** The name of the program that speaks like this, where we know it. */
export function otherService(chunk: Buffer): string | undefined {
  const text = chunk.toString("latin1", 0, 200);
  return greetings.find(([, pattern]) => pattern.test(text))?.[0];
}

/** What to say of somebody who does not answer as PostgreSQL would. */
export function notPostgres(chunk: Buffer): ProtocolFault {
  if (isTlsRecord(chunk)) return new ProtocolFault("tls_only_port", "It wants TLS from the first byte on.");
  const service = otherService(chunk);
  return new ProtocolFault("not_postgres", chunk.toString("latin1", 0, 80), service ? { service } : {});
}
