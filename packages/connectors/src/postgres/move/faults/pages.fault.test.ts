import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFaultLane, tag, type FaultLane } from "../../../testing/fault-lane.ts";
import { atEveryPage, pagedRows, pagedWays, paging } from "../../../testing/page-lane.ts";
import { contextWith } from "../../../testing/targets.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

const cut = { failure: { code: "line_cut", kind: "temporary", retryable: true } };

describe.each(pagedWays)("$mode ($read), a page at a time", (way) => {
  const { mode, goesOn } = way;

  it(`whose source dies at each page in turn keeps the pages before it, and the next run ends well [F3 ${mode}]`, async () => {
    await atEveryPage(lane, way, async (flow, page) => {
      const fault = lane.source.arm({ at: tag("COPY"), nth: page, action: "cut" });
      const ended = await flow.run().catch((error: unknown) => error);
      fault.disarm();
      expect(ended).toMatchObject(fault.struck() ? cut : { alreadyApplied: false });
      await flow.expectSome();
      const { receipt } = await flow.run();
      expect(receipt.read < pagedRows).toBe(goesOn && (page > 1 || !fault.struck()));
      await flow.expectAll();
      return fault.struck();
    });
  });

  it(`whose destination's sessions are ended at each page in turn keeps the pages before it, and ends well afterwards [F6 ${mode}]`, async () => {
    await atEveryPage(lane, way, async (flow, page) => {
      const end = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
         and pid <> pg_backend_pid() and query not ilike '%to stdout%'`;
      const fault = lane.destination.arm({
        at: tag("COPY"),
        nth: page,
        action: async () => void (await lane.query(end)),
      });
      const ended = await flow.run().catch((error: unknown) => error);
      fault.disarm();
      expect(ended instanceof Error).toBe(fault.struck());
      await flow.expectSome();
      await flow.run();
      await flow.expectAll();
      return fault.struck();
    });
  });

  it(`that a person stops at each page in turn keeps the pages before it, and ends well afterwards [F22 ${mode}]`, async () => {
    await atEveryPage(lane, way, async (flow, page) => {
      const stop = new AbortController();
      const action = async (): Promise<void> => stop.abort(new Error("stopped by a person"));
      const fault = lane.destination.arm({ at: tag("COMMIT"), nth: page + 1, action });
      const ended = await flow.run({ context: contextWith(paging, stop.signal) }).catch((error: unknown) => error);
      fault.disarm();
      // The last COMMIT is not cut short: the run has succeeded then.
      expect(ended).toMatchObject(
        ended instanceof Error ? { message: "stopped by a person" } : { alreadyApplied: false },
      );
      await flow.expectSome();
      await flow.run();
      await flow.expectAll();
      return fault.struck();
    });
  });
});
