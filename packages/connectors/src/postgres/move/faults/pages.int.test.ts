import { randomUUID } from "node:crypto";
import type { Receipt } from "@headgate/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asks, openFaultLane, tag, type FaultLane } from "../../../testing/fault-lane.ts";
import { atEveryPage, pagedRows, pagedWays } from "../../../testing/page-lane.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

const cut = { failure: { code: "line_cut", kind: "temporary", retryable: true } };

// The first COMMIT of a run is that of its claim.
describe.each(pagedWays)("$mode ($read), a page at a time", (way) => {
  const { mode } = way;

  it(`whose COMMIT is answered into nothing, at each page in turn, is found out and goes on [F2 ${mode}] [V30]`, async () => {
    await atEveryPage(lane, way, async (flow, page) => {
      const runId = randomUUID();
      const fault = lane.destination.arm({ at: tag("COMMIT"), nth: page + 1, action: "cut" });
      const { receipt, alreadyApplied } = await flow.run({ runId });
      fault.disarm();
      expect({ alreadyApplied, read: receipt.read }).toEqual({ alreadyApplied: false, read: pagedRows });
      await flow.expectAll();
      expect(await flow.run({ runId })).toEqual({ receipt, alreadyApplied: true });
      await flow.expectAll();
      return fault.struck();
    });
  });

  it(`whose COMMIT never arrives, at each page in turn, keeps the pages before it, and the next attempt ends well [F1 ${mode}] [F5 ${mode}]`, async () => {
    await atEveryPage(lane, way, async (flow, page) => {
      const runId = randomUUID();
      const committed: Receipt[] = [];
      const onCommitted = (receipt: Receipt): void => void committed.push(receipt);
      const fault = lane.destination.arm({ at: asks("commit"), nth: page + 1, action: "cut" });
      const ended = await flow.run({ runId, onCommitted }).catch((error: unknown) => error);
      fault.disarm();
      expect(ended).toMatchObject(fault.struck() ? cut : { alreadyApplied: false });
      // Of the last page the run itself tells.
      expect(committed).toHaveLength(fault.struck() ? page - 1 : page - 2);
      await flow.expectSome();
      const { receipt, alreadyApplied } = await flow.run({ runId });
      // Reading that goes on adds up to one receipt; otherwise this attempt has read all of it.
      expect({ alreadyApplied, read: receipt.read }).toEqual({ alreadyApplied: !fault.struck(), read: pagedRows });
      expect(mode === "append" ? receipt.created : pagedRows).toBe(pagedRows);
      await flow.expectAll();
      return fault.struck();
    });
  });
});
