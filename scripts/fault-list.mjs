/** Ways of writing: the six modes at PostgreSQL, event APIs and webhooks, and files. */
export const ways = ["append", "insert_missing", "update", "upsert", "mirror", "replace", "HTTP", "file"];

const modes = ways.slice(0, 6);
const rowsOnly = { not: ["HTTP", "file"] };

/** Each fault, the ways it cannot meet, and `always` where what it proves has nothing to do with the way. */
export const faults = {
  F1: { name: "The worker is killed at any step" },
  F2: { name: "The answer to COMMIT, or to a request, is lost" },
  F3: { name: "The source dies in the middle" },
  F4: { name: "The source looks empty and is not", not: ["insert_missing", "update", "upsert", "HTTP"] },
  F5: { name: "The destination falls silent", not: ["file"] },
  F6: { name: "The destination's process is killed, its server starts anew" },
  F7: { name: "The destination's disk is full" },
  F8: { name: "Our own store is away" },
  F9: { name: "A worker is frozen past its lease and wakes up" },
  F10: { name: "Late commits, savepoints, many rows of one moment" },
  F11: { name: "Rows that the destination refuses" },
  F12: { name: "Tables change between set-up and run, or during it" },
  F13: { name: "Keys that are repeated or empty" },
  F14: { name: "The source is a replica that gives way, or becomes a primary" },
  F15: { name: "A pooler stands in between" },
  F16: { name: "Slow lines, narrow lines, single bytes" },
  F17: { name: "Locks and deadlocks at the destination", ...rowsOnly },
  F18: { name: "Triggers that swallow, policies that hide, rights that lack", not: ["HTTP"] },
  F19: { name: "A receiver that refuses, delays, cuts or redirects", not: [...modes, "file"] },
  F20: { name: "The source was restored, or is another server" },
  F21: { name: "Clocks jump, days have 23 or 25 hours", always: true },
  F22: { name: "A person cancels, a worker is told to end" },
};
