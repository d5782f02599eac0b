import type { CheckVerdict, Connection, ConnectionKind } from "@headgate/contract";
import { formatCount, formatMilliseconds } from "../../../lib/format/numbers.ts";

export const checkCopy = {
  stages: "Stages of the test",
  result: "Result of the test",
  start: "Test connection",
  again: "Test again",
  stop: "Stop",
  running: "Testing the connection…",
  stopped: "You stopped the test",
  stoppedNext: "The session at the database was ended too. Start the test again whenever you like.",
  unaskedTitle: "The test could not be run",
  waiting: "Not yet",
  inProgress: "In progress",
  passed: "Done",
  failed: "Failed",
  adminTitle: "Message for your administrator",
  adminIntro: "Ready to send. It holds everything they need and no password.",
  adminCopy: "Copy message",
  change: "Change the credentials",
  success: {
    postgres: "The connection works",
    events: "The event API takes what we bring",
    webhook: "The receiver can be reached",
    files: "Files can be written there",
  } satisfies Record<ConnectionKind, string>,
  sendMessage: "Send a test message",
  sendMessageText: "A test message is signed like every other and holds one made-up row.",
  agreed: "What was agreed on",
  protocol: "Encryption",
  cipher: "Cipher",
  identity: "The server's identity",
  identityChecked: "Checked",
  identityUnchecked: "Not checked",
  issuer: "Certificate issued by",
  names: "Made out to",
  expires: "Valid until",
  instant: "< 1 ms",
  from: (address: string) => `from ${address}`,
} as const;

/** `TLSv1.3`, as the line names itself, in the words of everybody else: `TLS 1.3`. */
export function protocolName(protocol: string): string {
  return protocol.replace(/^TLSv/, "TLS ");
}

type Success = Extract<CheckVerdict, { status: "succeeded" }>;

export function successTitle({ kind }: Pick<Connection, "kind">): string {
  return checkCopy.success[kind];
}

/** `PostgreSQL 18.4, 128 tables, encrypted, tested in 210 ms, answers in 12 ms` */
export function successLine(verdict: Success): string {
  if (verdict.kind !== "postgres") return receiverLine(verdict);
  const { serverVersion, tableCount, milliseconds, latencyMs, encryption } = verdict;
  const version = /^postgres/i.test(serverVersion) ? serverVersion : `PostgreSQL ${serverVersion}`;
  const tables = tableCount === 1 ? "1 table" : `${formatCount(tableCount)} tables`;
  const line = encryption.encrypted ? "encrypted" : "not encrypted";
  const tested = `tested in ${formatMilliseconds(milliseconds)}`;
  const answers = latencyMs === undefined ? [] : [`answers in ${shortTime(latencyMs)}`];
  return [version, tables, line, tested, ...answers].join(", ");
}

/** A database next door answers faster than people can read. */
function shortTime(milliseconds: number): string {
  return milliseconds < 1 ? "under 1 ms" : formatMilliseconds(milliseconds);
}

/** `Encrypted, tested in 85 ms` */
function receiverLine({ milliseconds, encryption }: Pick<Success, "milliseconds" | "encryption">): string {
  const tested = formatMilliseconds(milliseconds);
  if (!encryption) return `Tested in ${tested}`;
  return `${encryption.encrypted ? "Encrypted" : "Not encrypted"}, tested in ${tested}`;
}
