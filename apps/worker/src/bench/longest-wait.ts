import { setTimeout as wait } from "node:timers/promises";
import { withClient, type ServerAddress } from "@headgate/testkit";

/** Reads one row of the table again and again while `work` goes on: the longest answer, in milliseconds. */
export async function longestWait(server: ServerAddress, table: string, work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let ended = false;
  const reading = withClient(server, "postgres", async (client) => {
    while (!ended) {
      const asked = performance.now();
      await client.query(`select from ${table} limit 1`);
      longest = Math.max(longest, performance.now() - asked);
      await wait(1);
    }
  });
  await work();
  ended = true;
  await reading;
  return longest;
}
