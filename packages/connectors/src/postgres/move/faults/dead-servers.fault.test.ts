import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asks, modes, openFaultLane, rowsFrom, tag, type FaultLane } from "../../../testing/fault-lane.ts";

let lane: FaultLane;

beforeAll(async () => {
  // Otherwise a crash may take back what was committed.
  lane = await openFaultLane({ synchronous_commit: "on" });
});
afterAll(() => lane.close());

const points = [
  { name: "as its rows arrive", at: rowsFrom("client"), nth: 1, content: "before" },
  { name: "as it is to commit", at: asks("commit"), nth: 2, content: "before" },
  { name: "as it has committed", at: tag("COMMIT"), nth: 2, content: "after" },
] as const;

async function ownSession(): Promise<number | undefined> {
  const asked = lane.query<{ pid: number }>("select pg_backend_pid() as pid");
  return asked.then(([row]) => row?.pid).catch(() => undefined);
}

/** The operating system ends a session's process, and PostgreSQL starts anew, which throws out everybody. */
async function killSession(): Promise<void> {
  const [found] = await lane.query<{ pid: number }>(
    "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1",
  );
  const before = await ownSession();
  if (!found) throw new Error("Nobody is signed in.");
  process.kill(found.pid, "SIGKILL");
  // Ours is thrown out as well.
  await expect.poll(ownSession, { timeout: 60_000, interval: 20 }).not.toBeOneOf([before, undefined]);
}

describe.each(modes)("$mode ($read)", (combination) => {
  it.each(points)(
    `whose servers crash $name is all there or not at all, and ends well afterwards [F6 ${combination.mode}] [F3 ${combination.mode}]`,
    async ({ at, nth, content }) => {
      const flow = await lane.flow(combination);
      const up = Promise.withResolvers<void>();
      const action = () => killSession().then(up.resolve, up.reject);
      lane.destination.arm({ at, nth, action });
      const ended = await flow.run().catch((error: unknown) => error);
      await up.promise;
      const cut = { failure: { code: "line_cut", kind: "temporary", retryable: true } };
      expect(ended).toMatchObject(content === "after" ? { alreadyApplied: false } : cut);
      await flow.expectContent(content);
      await lane.expectNothingLeft();
      await flow.expectConverges();
    },
  );
});
