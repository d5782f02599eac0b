import type { CheckStage } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { isLoopback } from "../net/address-rules.ts";
import { plainHost } from "../net/resolve-host.ts";
import { codeOf, unwrapError } from "../net/telling-error.ts";
import { SessionFault, StageFault } from "./session-fault.ts";

/** `at` is the moment it happened (`performance.now()`) where that is known only later. */
export type OnStage = (stage: CheckStage, status: "running" | "passed", note?: string, at?: number) => void;

/** Where the opening of a session has got to, and what was learnt on the way. */
export type SessionSteps = {
  readonly enter: (stage: CheckStage, at?: number) => void;
  readonly pass: (note?: string, at?: number) => void;
  readonly stage: () => CheckStage;
  readonly onRouted: (ownAddress: string) => void;
  /** Names the stage that failed, and what an administrator needs to know of us. */
  readonly fault: (error: unknown) => StageFault;
};

/** Keeps track of the stages of one session; `inContainer` as in `PostgresContext`. */
export function followSteps(target: PostgresTarget, inContainer: boolean, onStage?: OnStage): SessionSteps {
  let stage: CheckStage = "name";
  const facts: Record<string, string> = {};
  return {
    enter: (next, at) => {
      stage = next;
      onStage?.(next, "running", undefined, at);
    },
    pass: (note, at) => onStage?.(stage, "passed", note, at),
    stage: () => stage,
    onRouted: (ownAddress) => {
      facts["ourAddress"] = ownAddress;
    },
    fault: (error) => new StageFault(stage, inContainer ? explainRefusal(error, target) : error, facts),
  };
}

/** In a container `localhost` is the container itself, where no database listens. */
function explainRefusal(cause: unknown, { tunnel, ...target }: PostgresTarget): unknown {
  const host = plainHost((tunnel ?? target).host) ?? "";
  const isOurs = host === "localhost" || isLoopback(host);
  if (!isOurs || codeOf(unwrapError(cause)) !== "ECONNREFUSED") return cause;
  return new SessionFault("port", "container_localhost", cause instanceof Error ? cause.message : "");
}
