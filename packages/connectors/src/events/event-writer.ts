import { hash } from "node:crypto";
import type { EventMapping, EventsSecrets, EventsSettings } from "@headgate/contract";
import type { BatchWriter, WriterOrder } from "../batch-writer.ts";
import { createCircuit } from "../delivery/circuit.ts";
import { systemClock } from "../delivery/clock.ts";
import { compressFor } from "../delivery/compress.ts";
import { deliver, type Delivery, type Send } from "../delivery/deliver.ts";
import type { DestinationContext } from "../delivery/destination-context.ts";
import { sendInLanes } from "../delivery/lanes.ts";
import { replyRule } from "../delivery/reply-rules.ts";
import { createHttpClient, type HttpAnswer, type HttpClient } from "../net/http/http-client.ts";
import { createBodyPool } from "./body-pool.ts";
import { compileEvents } from "./build-event.ts";
import { dialects } from "./dialects.ts";
import { createRowNames } from "../delivery/row-ids.ts";
import { packEventBatch } from "./pack-events.ts";

export type EventTarget = {
  readonly settings: EventsSettings;
  readonly secrets: EventsSecrets;
  readonly mapping: EventMapping;
};

/**
 * Writes rows as identify or track events. At least once, with an id per row version that every repeat carries again,
 * so that a receiver that remembers ids holds each event once; in order with one lane only (reliability §4.1, §4.6).
 */
export function createEventWriter(target: EventTarget, order: WriterOrder, context: DestinationContext): BatchWriter {
  const { settings, mapping } = target;
  const { dialect, lanes } = settings;
  const names = createRowNames(order.columns, order.key);
  const packing = {
    flowId: order.flowId,
    build: compileEvents(mapping, order.columns, dialect),
    names,
    rule: dialects[dialect],
  };
  return async function* write(batches) {
    const client = createHttpClient(new URL(settings.dataPlaneUrl).origin, {
      gate: context.gate,
      limits: context.limits,
      connections: lanes,
      authorities: settings.caCertificate ? [settings.caCertificate] : undefined,
    });
    const clock = context.clock ?? systemClock;
    const delivery: Delivery<string> = { send: sender(client, target), circuit: createCircuit(clock), clock, judge };
    try {
      yield* sendInLanes(batches, order, {
        lanes,
        pack: (batch) => packEventBatch(batch, packing),
        deliver: (items, signal) => deliver(delivery, items, signal),
        keyOf: (batch, row) => names.keyOf(batch, row),
      });
    } finally {
      await client.close();
    }
  };
}

function sender(client: HttpClient, { settings, secrets }: EventTarget): Send<string> {
  const url = new URL(settings.dataPlaneUrl);
  const path = `${url.pathname.replace(/\/+$/, "")}${dialects[settings.dialect].path}`;
  const authorization = `Basic ${Buffer.from(`${secrets.writeKey ?? ""}:`).toString("base64")}`;
  const pool = createBodyPool();
  return async (items, signal) => {
    const { body: plain, giveBack } = pool.fill(items);
    try {
      const { body, headers } = await compressFor(url.hostname, plain, settings.gzip);
      const fixed = { "content-type": "application/json", authorization, "idempotency-key": hash("sha256", plain) };
      return await client.ask({ method: "POST", path, headers: { ...fixed, ...headers }, body }, signal);
    } finally {
      giveBack();
    }
  };
}

/** RudderStack says 400 also when the write key is the matter; no row is to blame then. */
function judge({ status, body }: HttpAnswer) {
  const words = status === 400 ? body.toString("utf8", 0, 1000) : "";
  return /write ?key|authori[sz]ation|authenticat/i.test(words) ? replyRule(401) : undefined;
}
