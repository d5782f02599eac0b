import { hash } from "node:crypto";
import type { EventMapping, EventsSecrets, EventsSettings } from "@headgate/contract";
import type { BatchWriter, WriterOrder } from "../batch-writer.ts";
import { createCircuit } from "../delivery/circuit.ts";
import { systemClock } from "../delivery/clock.ts";
import { compressFor } from "../delivery/compress.ts";
import { deliver, type Delivery, type Send } from "../delivery/deliver.ts";
import type { DestinationContext } from "../delivery/destination-context.ts";
import { sendInLanes } from "../delivery/lanes.ts";
import { createPace } from "../delivery/pace.ts";
import { replyRule } from "../delivery/reply-rules.ts";
import { createHttpClient, type HttpAnswer, type HttpClient } from "../net/http/http-client.ts";
import { createRowNames } from "../delivery/row-ids.ts";
import { createUuidMaker, uuidLength } from "../delivery/uuid.ts";
import { createByteWriter, putBytes, written } from "../json/byte-writer.ts";
import { compileEvents, eventHead } from "./build-event.ts";
import { dialects } from "./dialects.ts";
import { bodyOf, createEventBodies, type EventItem } from "./event-bodies.ts";
import { createEventPacker } from "./pack-events.ts";

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
  const idPlace = eventHead(mapping).length;
  const bodies = createEventBodies();
  const pack = createEventPacker({
    columns: order.columns.length,
    build: compileEvents(mapping, order.columns, dialect),
    names,
    ids: createUuidMaker(order.flowId),
    idPlace,
    rule: dialects[dialect],
    bodies,
  });
  return async function* write(batches) {
    const client = createHttpClient(new URL(settings.dataPlaneUrl).origin, {
      gate: context.gate,
      limits: context.limits,
      connections: lanes,
      authorities: settings.caCertificate ? [settings.caCertificate] : undefined,
    });
    const clock = context.clock ?? systemClock;
    const pace = createPace(lanes);
    const send = sender(client, target, idPlace);
    const delivery: Delivery<EventItem> = { send, circuit: createCircuit(clock), clock, pace, judge };
    try {
      yield* sendInLanes(batches, order, {
        lanes,
        pace,
        pack,
        deliver: async (items, signal, turn) => {
          try {
            return await deliver(delivery, items, signal, turn);
          } finally {
            if (items[0]) bodies.giveBack(items[0].body);
          }
        },
      });
    } finally {
      await client.close();
    }
  };
}

function sender(client: HttpClient, { settings, secrets }: EventTarget, idPlace: number): Send<EventItem> {
  const url = new URL(settings.dataPlaneUrl);
  const path = `${url.pathname.replace(/\/+$/, "")}${dialects[settings.dialect].path}`;
  const authorization = `Basic ${Buffer.from(`${secrets.writeKey ?? ""}:`).toString("base64")}`;
  return async (items, signal) => {
    const { body, headers } = await compressFor(url.hostname, bodyOf(items), settings.gzip);
    const fixed = {
      "content-type": "application/json",
      authorization,
      "idempotency-key": hash("sha256", idsOf(items, idPlace)),
    };
    return client.ask({ method: "POST", path, headers: { ...fixed, ...headers }, body }, signal);
  };
}

/** The ids of events, one behind the other: they are what a request is about, and hashed 13 times as fast as all of it. */
function idsOf(items: readonly EventItem[], idPlace: number): Buffer {
  const ids = createByteWriter(items.length * uuidLength);
  for (const { body, from } of items) putBytes(ids, body.bytes, from + idPlace, from + idPlace + uuidLength);
  return written(ids);
}

/** RudderStack says 400 also when the write key is the matter; no row is to blame then. */
function judge({ status, body }: HttpAnswer) {
  const words = status === 400 ? body.toString("utf8", 0, 1000) : "";
  return /write ?key|authori[sz]ation|authenticat/i.test(words) ? replyRule(401) : undefined;
}
