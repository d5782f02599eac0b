import { claimRun } from "../runs/lease.ts";
import { openStore } from "../store.ts";

// A worker process that takes one run, says so, and never gets anywhere. Started by a test, which kills it.
const [databaseUrl = "", masterKey = "", leaseSeconds = ""] = process.argv.slice(2);
const store = await openStore({ databaseUrl, masterKey: Buffer.from(masterKey, "base64") });
await store.queue.work(async ({ runId }) => {
  const claimed = await claimRun(store.db, runId, { id: "stuck", leaseSeconds: Number(leaseSeconds) });
  process.stdout.write(claimed ? "claimed\n" : "refused\n");
  await new Promise(() => {});
});
