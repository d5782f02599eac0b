import type { EventMapping, FlowDefinition, GivenConnection } from "@headgate/contract";
import { insertConnection } from "@headgate/store";
import type { TestStore } from "@headgate/testkit";
import type { FlowOptions } from "./scene.ts";

/** Stands in every secret of a test, so that it can be looked for afterwards. */
export const canary = "canary-hunter2";

/** Saves a connection and returns its id. */
export async function saveReceiver(store: TestStore, connection: GivenConnection): Promise<string> {
  const saved = await insertConnection(store, connection);
  if ("refused" in saved) throw new Error(saved.refused);
  return saved.id;
}

/** An event API on this machine. */
export function eventsAt(store: TestStore, dataPlaneUrl: string, lanes = 1): Promise<string> {
  const settings = { dialect: "rudderstack", dataPlaneUrl, lanes } as const;
  const name = `Events ${dataPlaneUrl} ${lanes}`;
  return saveReceiver(store, { kind: "events", name, settings, secrets: { writeKey: canary } });
}

const mapping: EventMapping = {
  type: "identify",
  userId: "id",
  traits: ["label", "weight"].map((name) => ({ source: name, key: name })),
  constants: [],
};

/** A flow of the scene's table whose rows become events. */
export function eventFlow(connectionId: string, rows: number, more: Partial<FlowDefinition> = {}): FlowOptions {
  const destination = { kind: "events", connectionId, mapping } as const;
  return { mode: "append", rows, readMode: "incremental", more: { destination, syncKey: ["id"], fields: [], ...more } };
}

/** A flow of the scene's table whose rows become messages or files. */
export function sentFlow(kind: "webhook" | "files", connectionId: string, rows: number): FlowOptions {
  const destination = { kind, connectionId } as const;
  return { mode: "append", rows, readMode: "full", more: { destination, syncKey: ["id"] } };
}
