/** What became of one item of a request, by its place in it. Items nobody speaks of were accepted. */
export type ItemReply = { readonly index: number; readonly status: number };

/**
 * Reads an answer that speaks of single items: `{"errors": [{"index": 3, "status": 400}]}`, also as `results` with all
 * of them. An item without a status counts as refused. Undefined for anything else.
 */
export function readItemReplies(body: Buffer, items: number): readonly ItemReply[] | undefined {
  const list = listIn(parse(body));
  if (!list) return undefined;
  const replies: ItemReply[] = [];
  for (const entry of list) {
    if (typeof entry !== "object" || entry === null) return undefined;
    const { index, status = 400 } = entry as Record<string, unknown>;
    if (!Number.isInteger(index) || !Number.isInteger(status)) return undefined;
    if ((index as number) < 0 || (index as number) >= items) return undefined;
    replies.push({ index: index as number, status: status as number });
  }
  return replies;
}

function listIn(answer: unknown): readonly unknown[] | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { errors, results } = answer as Record<string, unknown>;
  const list = errors ?? results;
  return Array.isArray(list) ? list : undefined;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
