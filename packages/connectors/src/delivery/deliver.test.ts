import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../net/http/http-client.ts";
import { HttpFault, type HttpFaultCode } from "../net/http/http-fault.ts";
import { playedClock } from "../testing/batches.ts";
import { createCircuit } from "./circuit.ts";
import { deliver, type Send } from "./deliver.ts";
import { createPace } from "./pace.ts";

const patient = new AbortController().signal;

function answer(status: number, body: unknown = "", headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers, body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) };
}

/** Delivers items with a receiver played by `reply`; hands back what was sent and how long was waited. */
async function play(
  items: readonly string[],
  reply: (items: readonly string[], number: number) => HttpAnswer | HttpFaultCode,
) {
  const clock = playedClock();
  const sent: (readonly string[])[] = [];
  const send: Send<string> = async (some) => {
    sent.push(some);
    const played = reply(some, sent.length - 1);
    if (typeof played === "string") throw new HttpFault(played, "played");
    return played;
  };
  const work = deliver({ send, clock, circuit: createCircuit(clock), pace: createPace(4) }, items, patient, 0);
  return { refused: await work, sent, pauses: clock.pauses };
}

const items = ["a", "b", "c", "d", "e", "f", "g"];

describe("a refused request", () => {
  it.each([400, 413, 422])(
    "with %i is halved down to the one bad row, in order [F11 HTTP] [F19 HTTP]",
    async (status) => {
      const accepted: string[] = [];
      const { refused } = await play(items, (some) => {
        if (some.includes("e")) return answer(status);
        accepted.push(...some);
        return answer(200);
      });
      expect(refused).toMatchObject([{ index: 4, code: status === 413 ? "row_too_large" : "row_refused" }]);
      expect(accepted).toEqual(["a", "b", "c", "d", "f", "g"]);
    },
  );

  it("names exactly the bad rows, wherever they stand and however many [F11 HTTP]", async () => {
    const sizes = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(sizes, async (bad) => {
        const texts = bad.map((isBad, index) => `${index}${isBad ? " bad" : ""}`);
        const accepted: string[] = [];
        const { refused } = await play(texts, (some) => {
          if (some.some((text) => text.endsWith("bad"))) return answer(422);
          accepted.push(...some);
          return answer(200);
        });
        expect(refused.map(({ index }) => index)).toEqual(bad.flatMap((isBad, index) => (isBad ? [index] : [])));
        expect(accepted).toEqual(texts.filter((text) => !text.endsWith("bad")));
      }),
    );
  });
});

describe("a request to try again", () => {
  it.each([408, 425, 429, 500, 502, 503, 504])(
    "after %i waits and sends the same rows again [F19 HTTP]",
    async (status) => {
      const { refused, sent, pauses } = await play(items, (_some, number) => answer(number < 3 ? status : 200));
      expect(refused).toEqual([]);
      expect(sent).toEqual([items, items, items, items]);
      expect(pauses).toEqual([250, 500, 1000]);
    },
  );

  it.each(["no_connection", "too_slow", "line_cut"] as const)("after %s, too [F19 HTTP]", async (code) => {
    const { sent } = await play(items, (_some, number) => (number === 0 ? code : answer(202)));
    expect(sent).toEqual([items, items]);
  });

  it.each([
    ["7", 7_000],
    ["Sun, 01 Mar 2026 12:00:09 GMT", 9_000],
    ["99999999", 900_000],
  ])("waits as long as Retry-After %s asks, within reason [F19 HTTP]", async (header, expected) => {
    const { pauses } = await play(items, (_some, number) =>
      number === 0 ? answer(429, "", { "retry-after": header }) : answer(200),
    );
    expect(pauses).toEqual([expected]);
  });

  it("gives up after ten answers in a row, without a tight loop [F19 HTTP]", async () => {
    await expect(play(items, () => answer(500))).rejects.toMatchObject({
      code: "receiver_unavailable",
      kind: "temporary",
    });
  });
});

describe("an answer that stops everything", () => {
  it.each([
    { reply: 401, code: "receiver_refused_login", kind: "settings", ids: "[B206]" },
    { reply: 403, code: "receiver_refused_login", kind: "settings", ids: "" },
    { reply: 404, code: "receiver_missing", kind: "settings", ids: "" },
    { reply: 410, code: "receiver_missing", kind: "settings", ids: "" },
    { reply: 301, code: "receiver_redirects", kind: "settings", ids: "[B205]" },
    { reply: 307, code: "receiver_redirects", kind: "settings", ids: "[B205] [F19 HTTP]" },
    { reply: 405, code: "receiver_refused_request", kind: "settings", ids: "" },
    { reply: 507, code: "receiver_full", kind: "temporary", ids: "[F7 HTTP]" },
    { reply: "address_denied", code: "receiver_address_denied", kind: "settings", ids: "" },
    { reply: "host_unknown", code: "receiver_unknown_host", kind: "settings", ids: "" },
    { reply: "untrusted", code: "receiver_untrusted", kind: "settings", ids: "" },
    { reply: "endless", code: "receiver_answers_without_end", kind: "settings", ids: "[B207]" },
    { reply: "not_http", code: "receiver_answer_unclear", kind: "settings", ids: "" },
  ] as const)("$reply is $code $ids", async ({ reply, code, kind }) => {
    const sent: unknown[] = [];
    const work = play(items, (some) => {
      sent.push(some);
      return typeof reply === "string" ? reply : answer(reply);
    });
    await expect(work).rejects.toMatchObject({ name: "WriterFault", code, kind });
    expect(sent).toHaveLength(1);
  });
});

describe("207, where every row has an answer of its own", () => {
  it("refuses some, tries others again, and asks for none twice that was accepted [F19 HTTP]", async () => {
    const { refused, sent } = await play(items, (_some, number) =>
      number === 0
        ? answer(207, {
            errors: [
              { index: 1, status: 400 },
              { index: 3, status: 503 },
              { index: 5, status: 429 },
            ],
          })
        : answer(207, { errors: number === 1 ? [{ index: 1 }] : [] }),
    );
    expect(sent).toEqual([items, ["d", "f"]]);
    expect(refused.map(({ index }) => index)).toEqual([1, 5]);
  });

  it("gives up when nothing gets any further", async () => {
    const work = play(["a"], () => answer(207, { results: [{ index: 0, status: 503 }] }));
    await expect(work).rejects.toMatchObject({ code: "receiver_unavailable" });
  });

  it.each([
    "",
    "OK",
    "{}",
    '{"errors": 3}',
    '{"errors": [{"index": 7}]}',
    '{"errors": [{"index": -1}]}',
    '{"errors": [null]}',
  ])("stops at %j, because nobody can tell what was accepted", async (body) => {
    await expect(play(items, () => answer(207, body))).rejects.toMatchObject({ code: "receiver_answer_unclear" });
  });
});
