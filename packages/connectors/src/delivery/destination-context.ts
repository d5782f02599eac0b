import type { EgressGate } from "../net/egress-gate.ts";
import type { HttpLimits } from "../net/http/http-client.ts";
import type { Clock } from "./clock.ts";

/** What a writer over HTTP is given by the installation, and by tests. */
export type DestinationContext = {
  readonly gate: EgressGate;
  readonly clock?: Clock;
  readonly limits?: Partial<HttpLimits>;
};
