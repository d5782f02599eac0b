import { hash } from "node:crypto";
import type { FieldMapping, WebhookSecrets, WebhookSettings } from "@headgate/contract";
import type { BatchWriter, WriterOrder } from "../batch-writer.ts";
import { compileJson } from "../compile-json.ts";
import { createCircuit } from "../delivery/circuit.ts";
import { systemClock } from "../delivery/clock.ts";
import { deliver, type Delivery, type Send } from "../delivery/deliver.ts";
import type { DestinationContext } from "../delivery/destination-context.ts";
import { readItemReplies } from "../delivery/item-replies.ts";
import { sendInLanes } from "../delivery/lanes.ts";
import { createPace } from "../delivery/pace.ts";
import type { ReplyRule } from "../delivery/reply-rules.ts";
import { createRowNames } from "../delivery/row-ids.ts";
import { createUuidMaker } from "../delivery/uuid.ts";
import { createHttpClient, type HttpAnswer, type HttpClient } from "../net/http/http-client.ts";
import { createRowPacker, type RowItem } from "./pack-rows.ts";
import { signedMessage } from "./signed-message.ts";
import { compileBody } from "./webhook-body.ts";

export type WebhookTarget = {
  readonly settings: WebhookSettings;
  readonly secrets: WebhookSecrets;
  readonly fields: readonly FieldMapping[];
};

/**
 * Writes rows as JSON messages to any receiver. At least once; every repeat of the same rows carries the same
 * `Idempotency-Key`, and the signature header, where a key is stored, is the HMAC-SHA256 of the body as it is sent.
 */
export function createWebhookWriter(
  target: WebhookTarget,
  order: WriterOrder,
  context: DestinationContext,
): BatchWriter {
  const { settings, fields } = target;
  const names = createRowNames(order.columns, order.key);
  const entries = fields.map(({ source, destination }) => ({ source, path: [destination] }));
  const pack = createRowPacker({
    columns: order.columns.length,
    putJson: compileJson(entries, order.columns),
    names,
    ids: createUuidMaker(order.flowId),
    batchSize: settings.batchSize,
  });
  return async function* write(batches) {
    const client = createHttpClient(new URL(settings.url).origin, {
      gate: context.gate,
      limits: context.limits,
      connections: settings.lanes,
      authorities: settings.caCertificate ? [settings.caCertificate] : undefined,
    });
    const clock = context.clock ?? systemClock;
    const pace = createPace(settings.lanes);
    const send = sender(client, target, order);
    const delivery: Delivery<RowItem> = { send, circuit: createCircuit(clock), clock, pace, judge };
    try {
      yield* sendInLanes(batches, order, {
        lanes: settings.lanes,
        pace,
        pack,
        deliver: (items, signal, turn) => deliver(delivery, items, signal, turn),
      });
    } finally {
      await client.close();
    }
  };
}

function sender(client: HttpClient, target: WebhookTarget, order: WriterOrder): Send<RowItem> {
  const bodyOf = compileBody(target.settings.bodyTemplate, order);
  return (items, signal) => {
    const key = hash("sha256", items.map(({ id }) => id).join());
    return client.ask(signedMessage(target, bodyOf(items.map(({ json }) => json)), key), signal);
  };
}

/** Some receivers accept a message with 200 and list the rows they did not take. */
function judge({ status, body }: HttpAnswer): ReplyRule | undefined {
  if (status !== 200 || !body.includes('"errors"')) return undefined;
  const replies = readItemReplies(body, Number.MAX_SAFE_INTEGER);
  return replies && replies.length > 0 ? { next: "items" } : undefined;
}
