import { createByteWriter, putBytes, type ByteWriter } from "../json/byte-writer.ts";
import { packBytes } from "./dialects.ts";

/** An event, by the bytes of the request it was written into. */
export type EventItem = { readonly body: EventBody; readonly from: number; readonly to: number };

/** A request's body in the making; `events` counts what is in it. */
export type EventBody = ByteWriter & { events: number };

const head = Buffer.from('{"batch":[');
const tail = Buffer.from("]}");
const comma = Buffer.from(",");

/** Bytes around the events of a batch. */
export const wrapperBytes = head.length + tail.length;

/** Lends out bodies: a new half megabyte for each would fill the memory long before anybody clears it. */
export type EventBodies = { take(): EventBody; giveBack(body: EventBody): void };

export function createEventBodies(): EventBodies {
  const free: EventBody[] = [];
  return {
    take: () => begin(free.pop() ?? { ...createByteWriter(packBytes), events: 0 }),
    giveBack: (body) => void free.push(body),
  };
}

function begin(body: EventBody): EventBody {
  body.at = 0;
  body.events = 0;
  putBytes(body, head, 0, head.length);
  return body;
}

export function addEvent(body: EventBody, from: Buffer, start: number, end: number): EventItem {
  if (body.events > 0) putBytes(body, comma, 0, 1);
  const at = body.at;
  putBytes(body, from, start, end);
  body.events += 1;
  return { body, from: at, to: body.at };
}

/** The body of a request with these events: where it is all of a body's, no byte is copied. */
export function bodyOf(items: readonly EventItem[]): Buffer {
  const body = items[0]?.body;
  const whole = body?.events === items.length ? body : copyOf(items);
  // Written anew for each request, because a body that is sent in halves is still whole afterwards.
  const end = whole.at;
  putBytes(whole, tail, 0, tail.length);
  const bytes = whole.bytes.subarray(0, whole.at);
  whole.at = end;
  return bytes;
}

function copyOf(items: readonly EventItem[]): EventBody {
  const size = items.reduce((sum, { from, to }) => sum + to - from + 1, wrapperBytes);
  const copy = begin({ ...createByteWriter(size), events: 0 });
  for (const { body, from, to } of items) addEvent(copy, body.bytes, from, to);
  return copy;
}
