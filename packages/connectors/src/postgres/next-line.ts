import type { TlsMode } from "@headgate/contract";
import { isBindingFault } from "./sign-in-codes.ts";
import { tlsModeRules, type Line } from "../net/tls-modes.ts";
import { TlsRefusal } from "../net/tls-refusal.ts";

/** SQLSTATE of "not from there, not like that": wrong encryption is one of its reasons, a wrong password is not. */
const notAdmitted = "28000";

/**
 * Whether `allow` and `prefer` go on to their other line, as libpq does: when the server refuses this kind of line,
 * never when it merely refuses the password, or notices somebody in between.
 */
export function mayTryNextLine(mode: TlsMode, line: Line, error: unknown): boolean {
  if (!("whenRefused" in tlsModeRules[mode])) return false;
  if (error instanceof Error && isBindingFault(error.message)) return false;
  return sqlState(error) === notAdmitted || (line !== "plain" && error instanceof TlsRefusal);
}

/**
 * Of two lines that both failed, which failure to tell: the later one, unless it only repeats that we are not
 * admitted, or was never more than a try.
 */
export function chooseFailure(earlier: unknown, later: unknown): unknown {
  if (earlier === undefined || isDeclined(earlier)) return later;
  return sqlState(later) === notAdmitted || isDeclined(later) ? earlier : later;
}

function isDeclined(error: unknown): boolean {
  return error instanceof TlsRefusal && error.code === "tls_not_offered";
}

function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
