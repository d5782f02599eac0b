import type { EgressGate } from "@headgate/connectors";
import type { PracticeSide, PracticeTarget, Store } from "@headgate/store";
import type { Logger } from "pino";
import type { RateLimits } from "./http/rate-limits.ts";

export type PracticeTargets = Readonly<Record<PracticeSide, PracticeTarget>>;

/** What handlers may use. */
export type ServerContext = {
  readonly store: Store;
  readonly gate: EgressGate;
  /** The folder set aside for files; nobody writes any without it. */
  readonly filesDir: string | undefined;
  readonly practice: PracticeTargets | undefined;
  readonly version: string;
  readonly loopbackAllowed: boolean;
  /** This process lives in a container, where `localhost` is not the machine a person means. */
  readonly inContainer: boolean;
  readonly rateLimits: RateLimits;
  readonly log: Logger;
  /** Aborted when the server stops: streams end, so that it need not wait for them. */
  readonly stopping: AbortSignal;
};
