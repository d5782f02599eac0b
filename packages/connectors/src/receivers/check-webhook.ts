import { randomUUID } from "node:crypto";
import type { ReceiverTarget } from "@headgate/core";
import type { StageClock } from "../postgres/stage-clock.ts";
import { signedMessage } from "../webhook/signed-message.ts";
import { compileBody } from "../webhook/webhook-body.ts";
import { askReceiver, refusalCode } from "./ask-receiver.ts";
import type { ReceiverFindings } from "./check-receiver.ts";
import { reachReceiver } from "./reach-receiver.ts";
import { addressOf } from "./receiver-address.ts";
import { ReceiverRefusal, type ReceiverContext } from "./receiver-context.ts";

type WebhookTarget = Extract<ReceiverTarget, { kind: "webhook" }>;

/** Nobody can tell what a receiver does with a message, so that one is sent only when a person asks for it. */
export async function checkWebhook(
  target: WebhookTarget,
  context: ReceiverContext,
  clock: StageClock,
  sendsMessage: boolean,
): Promise<ReceiverFindings> {
  const address = addressOf(target);
  if (!address) throw new ReceiverRefusal("name", "unexpected");
  const encryption = await reachReceiver(address, context, clock);
  if (!sendsMessage) return { encryption };
  clock.onStage("message", "running");
  const bodyOf = compileBody(target.settings.bodyTemplate, { flowId: "test", runId: "test" });
  const message = signedMessage(target, bodyOf(['{"test":true}']), randomUUID());
  const { status } = await askReceiver(address, message, "message", context);
  const code = refusalCode(status);
  if (code) throw new ReceiverRefusal("message", code, { reason: `HTTP ${status}` });
  clock.onStage("message", "passed", `HTTP ${status}`);
  return { encryption };
}
