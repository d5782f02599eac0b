import type { ReceiverTarget } from "@headgate/core";
import { dialects } from "../events/dialects.ts";
import type { StageClock } from "../postgres/stage-clock.ts";
import { askReceiver, refusalCode } from "./ask-receiver.ts";
import type { ReceiverFindings } from "./check-receiver.ts";
import { reachReceiver } from "./reach-receiver.ts";
import { addressOf } from "./receiver-address.ts";
import { ReceiverRefusal, type ReceiverContext } from "./receiver-context.ts";

type EventsTarget = Extract<ReceiverTarget, { kind: "events" }>;

/**
 * Sends a batch without events. RudderStack looks at the write key first (401) and then finds nothing to do (400);
 * Segment answers 200 to nearly everything, so that its key cannot be proven, and that is said (features §3.7).
 */
export async function checkEvents(
  target: EventsTarget,
  context: ReceiverContext,
  clock: StageClock,
): Promise<ReceiverFindings> {
  const { settings, secrets } = target;
  const address = addressOf(target);
  if (!address) throw new ReceiverRefusal("name", "unexpected");
  const encryption = await reachReceiver(address, context, clock);
  clock.onStage("sign_in", "running");
  const answer = await askReceiver(
    address,
    {
      method: "POST",
      path: `${address.url.pathname.replace(/\/+$/, "")}${dialects[settings.dialect].path}`,
      headers: {
        authorization: `Basic ${Buffer.from(`${secrets.writeKey ?? ""}:`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: '{"batch":[]}',
    },
    "sign_in",
    context,
  );
  const empty = answer.status === 400;
  const code = empty ? undefined : refusalCode(answer.status);
  if (code) throw new ReceiverRefusal("sign_in", code, { reason: `HTTP ${answer.status}` });
  clock.onStage("sign_in", "passed");
  return { encryption, unproven: settings.dialect === "segment" };
}
