import type { PostgresTarget } from "@headgate/core";
import { createEgressGate, type EgressGate } from "../net/egress-gate.ts";
import type { Limits, PostgresContext } from "../postgres/context.ts";

type Reachable = Pick<PostgresTarget, "host" | "port" | "user" | "password" | "database">;

/** Tests talk to servers on this machine. */
export const localGate: EgressGate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });

export function contextWith(
  limits: Partial<Limits> = {},
  signal: AbortSignal = new AbortController().signal,
): PostgresContext {
  return { gate: localGate, signal, limits };
}

/** A target for a database of the test kit; TLS as `prefer` unless said otherwise. */
export function targetOf(
  { host, port, user, password, database }: Reachable,
  changes: Partial<PostgresTarget> = {},
): PostgresTarget {
  return { host, port, user, password, database, tlsMode: "prefer", ...changes };
}
