import { startHttpServer, type HttpReply, type HttpServer, type ReceivedRequest } from "./http-server.ts";

export type ReceivedEvent = Readonly<Record<string, unknown>> & { readonly messageId: string };

export type EventReceiverOptions = {
  readonly dialect?: "rudderstack" | "segment";
  readonly writeKey?: string;
  /**
   * What it does with the nth request (from 0) in place of its own answer. `after` takes the events in and then does
   * something else than say so: the answer is lost, the events are not.
   */
  readonly script?: (
    request: ReceivedRequest,
    number: number,
  ) =>
    | HttpReply
    | { readonly after: HttpReply }
    | undefined
    | Promise<HttpReply | { readonly after: HttpReply } | undefined>;
  /** Events it refuses, and the whole request with them, as the real ones do. */
  readonly refuses?: (event: ReceivedEvent) => boolean;
};

export type EventReceiver = Omit<HttpServer, "requests"> & {
  readonly requests: readonly ReceivedRequest[];
  /** What it holds, the first of every message id, in the order of arrival. */
  readonly events: ReadonlyMap<string, ReceivedEvent>;
  /** Events that were taken in, repeats included. */
  readonly taken: () => number;
};

/**
 * A receiver of the event APIs of RudderStack and Segment: it checks login, sizes and every field of the published
 * shapes, and remembers message ids, so that a repeat changes nothing.
 */
export async function startEventReceiver(options: EventReceiverOptions = {}): Promise<EventReceiver> {
  const { dialect = "rudderstack", writeKey = "write-key", script, refuses } = options;
  const events = new Map<string, ReceivedEvent>();
  let taken = 0;
  let number = 0;

  const takeIn = (request: ReceivedRequest): HttpReply => {
    const expected = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
    if (request.headers["authorization"] !== expected)
      return { status: 401, body: "Failed to read writeKey from header" };
    if (request.path !== "/v1/batch" || request.method !== "POST") return { status: 404 };
    const batch = parseBatch(request, dialect);
    if (typeof batch === "string") return { status: 400, body: batch };
    const fault = batch.map((event) => eventFault(event, dialect)).find((one) => one !== undefined);
    if (fault !== undefined) return { status: 400, body: fault };
    const good = batch as ReceivedEvent[];
    if (refuses && good.some(refuses)) return { status: 400, body: "an event was refused" };
    for (const event of good) {
      taken += 1;
      if (!events.has(event.messageId)) events.set(event.messageId, event);
    }
    return { status: 200, body: dialect === "segment" ? '{"success":true}' : "OK" };
  };

  const server = await startHttpServer(async (request) => {
    const planned = await script?.(request, number++);
    if (planned === undefined) return takeIn(request);
    if (typeof planned === "string" || !("after" in planned)) return planned;
    takeIn(request);
    return planned.after;
  });
  return { ...server, events, taken: () => taken };
}

const mostBytes = { rudderstack: 4_000_000, segment: 500_000 };
const eventBytes = 32 * 1024;

function parseBatch({ headers, body }: ReceivedRequest, dialect: "rudderstack" | "segment"): unknown[] | string {
  if (headers["content-type"] !== "application/json") return "not JSON by its own word";
  if (body.length > mostBytes[dialect]) return "the batch is too large";
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return "invalid JSON";
  }
  const batch = isObject(parsed) ? parsed["batch"] : undefined;
  return Array.isArray(batch) && batch.length > 0 ? batch : "there is no batch";
}

/** What is wrong with an event by the published shapes; undefined when nothing is. */
function eventFault(event: unknown, dialect: "rudderstack" | "segment"): string | undefined {
  if (!isObject(event)) return "an event is no object";
  if (Buffer.byteLength(JSON.stringify(event)) > eventBytes) return "an event is too large";
  const { type, userId, anonymousId, messageId, timestamp, context, traits, properties } = event;
  const people = [userId, anonymousId].filter((id) => id !== undefined);
  if (people.length === 0 || people.some((id) => typeof id !== "string" || id === "")) return "nobody is named";
  if (typeof messageId !== "string" || messageId === "" || messageId.length > 100) return "messageId";
  if (timestamp !== undefined && !(typeof timestamp === "string" && isoMoment.test(timestamp))) return "timestamp";
  if (!isObject(context) || !isObject(context["library"])) return "context";
  if (type === "track")
    return typeof event["event"] === "string" && event["event"] && isObject(properties) ? undefined : "track";
  if (type !== "identify") return "type";
  return isObject(dialect === "segment" ? traits : context["traits"]) ? undefined : "traits";
}

const isoMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(Z|[+-]\d{2}:\d{2})$/;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
