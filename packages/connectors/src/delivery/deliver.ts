import type { RowFaultCode } from "@headgate/contract";
import { WriterFault } from "../batch-writer.ts";
import type { HttpAnswer } from "../net/http/http-client.ts";
import { HttpFault } from "../net/http/http-fault.ts";
import { retryAfterMs } from "./back-off.ts";
import type { Circuit } from "./circuit.ts";
import type { Clock } from "./clock.ts";
import { readItemReplies } from "./item-replies.ts";
import type { Pace } from "./pace.ts";
import { faultRules, replyRule, type ReplyRule } from "./reply-rules.ts";

/** Asks the receiver once with some items. Throws an `HttpFault`, or the signal's reason. */
export type Send<Item> = (items: readonly Item[], signal: AbortSignal) => Promise<HttpAnswer>;

/** An item the receiver will not have, by its place among those that were to be delivered. */
export type RefusedItem = { readonly index: number; readonly code: RowFaultCode; readonly sentence: string };

export type Delivery<Item> = {
  readonly send: Send<Item>;
  readonly circuit: Circuit;
  readonly clock: Clock;
  readonly pace: Pace;
  /** What an answer means at this kind of receiver, where its status alone does not say. */
  readonly judge?: (answer: HttpAnswer) => ReplyRule | undefined;
};

type Outcome = { readonly rule: ReplyRule; readonly answer?: HttpAnswer; readonly reason: string };

/** Sends items until each is accepted or refused, halving what is refused as a whole. Throws a `WriterFault`. */
export async function deliver<Item>(
  delivery: Delivery<Item>,
  items: readonly Item[],
  signal: AbortSignal,
  turn: number,
): Promise<readonly RefusedItem[]> {
  for (;;) {
    const round = await delivery.circuit.ready(signal);
    const asked = delivery.clock.now();
    const { rule, answer, reason } = await trySend(delivery, items, signal);
    if (rule.next === "stop") throw new WriterFault(rule.code, rule.kind, { reason });
    if (rule.next === "again") {
      delivery.pace.refused(turn);
      const header = answer?.headers["retry-after"];
      delivery.circuit.failed(round, { reason, retryAfterMs: retryAfterMs(header, delivery.clock.now()) });
      continue;
    }
    delivery.pace.answered(delivery.clock.now() - asked);
    if (rule.next === "items" && answer) return itemByItem(delivery, items, answer, signal, turn);
    delivery.circuit.succeeded();
    if (rule.next === "accepted" || !answer) return [];
    if (items.length === 1) return [refused(0, answer.status)];
    // The first half first: with one lane the order of rows is kept.
    const middle = Math.ceil(items.length / 2);
    const first = await deliver(delivery, items.slice(0, middle), signal, turn);
    const second = await deliver(delivery, items.slice(middle), signal, turn);
    return [...first, ...second.map((item) => ({ ...item, index: item.index + middle }))];
  }
}

async function trySend<Item>(delivery: Delivery<Item>, items: readonly Item[], signal: AbortSignal): Promise<Outcome> {
  try {
    const answer = await delivery.send(items, signal);
    const rule = delivery.judge?.(answer) ?? replyRule(answer.status);
    return { rule, answer, reason: `HTTP ${answer.status}` };
  } catch (error) {
    if (error instanceof HttpFault) return { rule: faultRules[error.code], reason: error.reason ?? error.code };
    throw error;
  }
}

/** Each item on its own terms: those to be tried again go out again, those refused are bad rows. */
async function itemByItem<Item>(
  delivery: Delivery<Item>,
  items: readonly Item[],
  answer: HttpAnswer,
  signal: AbortSignal,
  turn: number,
): Promise<readonly RefusedItem[]> {
  const replies = readItemReplies(answer.body, items.length);
  if (!replies) throw new WriterFault("receiver_answer_unclear", "settings", { reason: `HTTP ${answer.status}` });
  const found: RefusedItem[] = [];
  const later: number[] = [];
  const round = await delivery.circuit.ready(signal);
  for (const { index, status } of replies) {
    const rule = replyRule(status);
    if (rule.next === "stop") throw new WriterFault(rule.code, rule.kind, { reason: `HTTP ${status}` });
    if (rule.next === "split") found.push(refused(index, status));
    if (rule.next === "again") later.push(index);
  }
  later.sort((a, b) => a - b);
  // Without any progress it counts as a failure like any other, or it would go on for ever.
  if (later.length < items.length) delivery.circuit.succeeded();
  if (later.length === 0) return found;
  delivery.pace.refused(turn);
  const wait = retryAfterMs(answer.headers["retry-after"], delivery.clock.now());
  delivery.circuit.failed(round, { reason: `HTTP ${answer.status}`, retryAfterMs: wait });
  const again = await deliver(
    delivery,
    items.filter((_, index) => later.includes(index)),
    signal,
    turn,
  );
  return [...found, ...again.map((item) => ({ ...item, index: later[item.index] ?? 0 }))];
}

function refused(index: number, status: number): RefusedItem {
  if (status === 413)
    return { index, code: "row_too_large", sentence: "The receiver finds this row too large (HTTP 413)." };
  return { index, code: "row_refused", sentence: `The receiver refused this row (HTTP ${status}).` };
}
