import { createEventWriter } from "../events/event-writer.ts";
import { batchesOf, orderWith, writeAll } from "./batches.ts";
import { localGate } from "./targets.ts";

/** Sends 100 rows as events to the receiver it is given; a process of its own, so that it can be killed. */
const settings = { dialect: "rudderstack", dataPlaneUrl: process.argv[2] ?? "", lanes: 2, gzip: true } as const;
const mapping = { type: "identify" as const, userId: "id", traits: [{ source: "name", key: "name" }], constants: [] };
const writer = createEventWriter({ settings, secrets: { writeKey: "write-key" }, mapping }, orderWith(), {
  gate: localGate,
});
const { delivered } = await writeAll(writer, batchesOf(100, 20));
process.stdout.write(String(delivered));
