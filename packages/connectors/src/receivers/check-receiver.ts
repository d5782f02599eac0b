import type { CheckEvent, CheckFailure, CheckRequest, Encryption, ReceiverVerdict } from "@headgate/contract";
import type { ReceiverTarget } from "@headgate/core";
import { orStopped } from "../net/or-stopped.ts";
import { unwrapError } from "../net/telling-error.ts";
import { limitsOf } from "../postgres/context.ts";
import { judgeError } from "../postgres/judge-error.ts";
import { serverWords } from "../postgres/server-words.ts";
import { stageClock, type StageClock } from "../postgres/stage-clock.ts";
import { checkBucket } from "./check-bucket.ts";
import { checkEvents } from "./check-events.ts";
import { checkFolder } from "./check-folder.ts";
import { checkWebhook } from "./check-webhook.ts";
import { addressOf } from "./receiver-address.ts";
import { ReceiverRefusal, type ReceiverContext } from "./receiver-context.ts";

export type ReceiverFindings = {
  readonly encryption?: Encryption;
  /** The receiver would have answered the same to any write key. */
  readonly unproven?: boolean;
};

/**
 * Tests a receiver or a place for files stage by stage within 15 s, as `checkPostgres` does a database. Sends no row:
 * an empty batch, or a file of its own that it takes away again; a webhook gets a message only when that is asked for.
 */
export async function checkReceiver(
  target: ReceiverTarget,
  context: ReceiverContext,
  onEvent: (event: CheckEvent) => void,
  request: CheckRequest = {},
): Promise<ReceiverVerdict> {
  const { checkMs } = limitsOf(context);
  const deadline = AbortSignal.timeout(checkMs);
  const bounded = { ...context, signal: AbortSignal.any([context.signal, deadline]) };
  const started = performance.now();
  let ended = false;
  const clock = stageClock((event) => void (ended || onEvent(event)));
  let verdict: ReceiverVerdict;
  try {
    const { encryption, unproven } = await orStopped(examine(target, bounded, clock, request), bounded.signal);
    const hints = [
      ...(encryption?.encrypted === false ? (["not_encrypted"] as const) : []),
      ...(unproven ? (["login_unproven"] as const) : []),
    ];
    const milliseconds = Math.round(performance.now() - started);
    verdict = { status: "succeeded", kind: target.kind, milliseconds, ...(encryption && { encryption }), hints };
  } catch (error) {
    const stopped = context.signal.aborted ? "stopped" : deadline.aborted ? "too_slow" : undefined;
    const failure = failureOf(error, target, clock, stopped && { code: stopped, seconds: checkMs / 1000 });
    clock.fail(failure.stage);
    verdict = { status: "failed", failure };
  }
  ended = true;
  onEvent({ type: "verdict", verdict });
  return verdict;
}

function examine(
  target: ReceiverTarget,
  context: ReceiverContext,
  clock: StageClock,
  request: CheckRequest,
): Promise<ReceiverFindings> {
  switch (target.kind) {
    case "events":
      return checkEvents(target, context, clock);
    case "webhook":
      return checkWebhook(target, context, clock, request.testMessage === true);
    case "files":
      return target.settings.place === "s3"
        ? checkBucket(target.settings, target.secrets, context, clock)
        : checkFolder(target.settings, context, clock);
  }
}

type Stopped = { readonly code: "stopped" | "too_slow"; readonly seconds: number };

function failureOf(
  error: unknown,
  target: ReceiverTarget,
  clock: StageClock,
  stopped: Stopped | undefined,
): CheckFailure {
  const cause = unwrapError(error);
  const stage = !stopped && cause instanceof ReceiverRefusal ? cause.stage : clock.stage();
  const found = stopped ?? (cause instanceof ReceiverRefusal ? cause : judgeError(cause, stage));
  const address = addressOf(target);
  const secrets = Object.values(target.secrets).filter((secret): secret is string => Boolean(secret));
  const facts: Record<string, string> = {
    ...(address && { host: address.host, port: String(address.port) }),
    ...(stopped ? { seconds: String(stopped.seconds) } : "facts" in found ? found.facts : {}),
  };
  const words = cause instanceof ReceiverRefusal ? unwrapError(cause.cause) : cause;
  return {
    stage: found.code === "network_unreachable" || found.code === "ipv6_only" ? "route" : stage,
    code: found.code,
    facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, serverWords(value, secrets)])),
    detail: stopped ? "" : serverWords(words instanceof Error ? words.message : "", secrets),
  };
}
