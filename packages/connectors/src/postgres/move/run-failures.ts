import type { CheckCode, RunCode, RunFailure } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { classifyFailure } from "../check-failures.ts";
import { secretsIn } from "../secrets-in.ts";
import { serverWords } from "../server-words.ts";
import { StageFault } from "../session-fault.ts";
import { RunFault } from "./run-fault.ts";
import { namesIn, safeMessage, type ServerError } from "./server-error.ts";

export type Side = "source" | "destination";
type Judgement = { readonly code: RunCode; readonly kind: RunFailure["kind"] };

const settings = (code: RunCode): Judgement => ({ code, kind: "settings" });
const temporary = (code: RunCode): Judgement => ({ code, kind: "temporary" });

/** SQLSTATEs and socket codes a run has met, and what they say; a class (two characters) stands for the rest of it. */
const judgements: Readonly<Record<string, Judgement | ((side: Side) => Judgement)>> = {
  "42P01": (side) => settings(`${side}_table_missing`),
  "3F000": (side) => settings(`${side}_table_missing`),
  "42703": (side) => settings(`${side}_column_missing`),
  "42501": (side) => settings(`${side}_forbidden`),
  "42809": (side) => settings(`${side}_forbidden`),
  // At a source nobody writes but a query that should not.
  "25006": (side) => settings(side === "source" ? "query_refused" : "destination_read_only"),
  "42P10": settings("no_unique_key"),
  "55000": settings("no_unique_key"),
  "21000": settings("key_repeated"),
  "23505": settings("value_repeated"),
  "23502": settings("value_required"),
  "23503": settings("reference_missing"),
  "23": settings("value_refused"),
  "22001": settings("value_too_long"),
  "22003": settings("value_out_of_range"),
  "22008": settings("value_out_of_range"),
  "22007": settings("value_wrong_type"),
  "22P02": settings("value_wrong_type"),
  "22P03": settings("value_wrong_type"),
  "42804": settings("value_wrong_type"),
  "428C9": settings("value_refused"),
  "22": settings("value_refused"),
  P0: settings("value_refused"),
  "42": (side) => (side === "source" ? settings("query_refused") : { code: "unexpected", kind: "bug" }),
  "53100": temporary("disk_full"),
  // temp_file_limit
  "53400": temporary("disk_full"),
  "53300": (side) => temporary(`${side}_unreachable`),
  "55P03": temporary("table_locked"),
  "40P01": temporary("table_locked"),
  "57014": temporary("too_slow"),
  "25P03": temporary("too_slow"),
  "25P04": temporary("too_slow"),
  "40001": temporary("line_cut"),
  "57P": temporary("line_cut"),
  "08": temporary("line_cut"),
  ECONNRESET: temporary("line_cut"),
  EPIPE: temporary("line_cut"),
  ETIMEDOUT: temporary("line_cut"),
};

/** Connection faults that go away by themselves; for all others somebody must change something. */
const passing: readonly CheckCode[] = [
  "host_lookup_failed",
  "network_unreachable",
  "port_closed",
  "port_silent",
  "line_cut",
  "server_full",
  "server_starting",
  "too_slow",
];

export type BlameContext = {
  readonly target: PostgresTarget;
  readonly facts: Readonly<Record<string, string>>;
  /** Column names of this side, so that the server's words can be searched for one. */
  readonly columns?: readonly string[];
};

/** Makes a `RunFault` of whatever one side answered. */
export function runFault(side: Side, error: unknown, context: BlameContext): RunFault {
  if (error instanceof RunFault) return error;
  if (error instanceof StageFault) return unreachable(side, error, context);
  const known: ServerError = error instanceof Error ? error : new Error(String(error));
  const { code, kind } = judge(side, known);
  return new RunFault(
    {
      origin: side,
      kind,
      code,
      facts: { side, ...context.facts, ...namesIn(known, context.columns ?? []) },
      detail: serverWords(safeMessage(known), secretsIn(context.target)),
      retryable: kind !== "settings",
    },
    error,
  );
}

/** A fault we found ourselves, not the server. */
export function ownFault(
  origin: RunFailure["origin"],
  { code, kind }: Judgement,
  facts: Readonly<Record<string, string>>,
): RunFault {
  return new RunFault({
    origin,
    kind,
    code,
    facts: { side: origin, ...facts },
    detail: "",
    retryable: kind !== "settings",
  });
}

function judge(side: Side, error: ServerError): Judgement {
  const state = error.code ?? "";
  if (state === "" && error.message.startsWith("Connection terminated")) return temporary("line_cut");
  // A view of the caller's own rights meets the policy of a table behind it; only the words tell this from a missing right.
  if (state === "42501" && side === "source" && /row-level security/i.test(error.message))
    return settings("rows_hidden");
  // A limit on the size of files, or a quota, has no code of its own.
  if (state === "XX000" && /^could not (extend|write)/.test(error.message)) return temporary("disk_full");
  const found =
    judgements[state] ??
    judgements[state.slice(0, 3)] ??
    (state.length === 5 ? judgements[state.slice(0, 2)] : undefined);
  if (!found) return { code: "unexpected", kind: "bug" };
  return typeof found === "function" ? found(side) : found;
}

function unreachable(side: Side, error: StageFault, { target, facts }: BlameContext): RunFault {
  const failure = classifyFailure(error, target, { stage: error.stage, stopped: undefined });
  const kind = passing.includes(failure.code) ? "temporary" : "settings";
  return new RunFault(
    {
      origin: side,
      kind,
      code: `${side}_unreachable`,
      facts: { side, ...facts, ...failure.facts, reason: failure.code },
      detail: failure.detail,
      retryable: kind === "temporary",
    },
    error,
  );
}
