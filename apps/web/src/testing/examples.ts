import type { Draft, Flow, PostgresConnection, Run, User } from "@headgate/contract";

const at = "2026-11-21T09:30:00.000Z";

export const user: User = {
  id: "0b8a4f1c-6f1d-4f0c-9a0a-3f6f0b1c2d3e",
  name: "Ada Lovelace",
  email: "ada@example.com",
  role: "admin",
  timeZone: "Europe/London",
  createdAt: at,
};

export function exampleRun(over: Partial<Run> = {}): Run {
  return {
    id: "1f0e9d8c-7b6a-4543-8210-aabbccddeeff",
    flowId: "2a1b0c9d-8e7f-4a6b-9c5d-112233445566",
    trigger: "manual",
    status: "succeeded",
    attempt: 1,
    cancelRequested: false,
    scheduledFor: at,
    startedAt: at,
    finishedAt: "2026-11-21T09:30:08.000Z",
    progress: null,
    receipt: {
      read: 1204,
      created: 1200,
      updated: 4,
      unchanged: 0,
      skipped: 0,
      invalid: 0,
      rejected: 0,
      deleted: 0,
      bytes: 88_000,
    },
    failure: null,
    hold: null,
    notes: [],
    ...over,
  };
}

export function exampleFlow(over: Partial<Flow> = {}): Flow {
  return {
    id: "2a1b0c9d-8e7f-4a6b-9c5d-112233445566",
    name: "Orders to the warehouse",
    status: "healthy",
    paused: false,
    pausedFor: null,
    reread: null,
    definition: {
      source: {
        connectionId: "3b2c1d0e-9f8a-4b7c-8d6e-223344556677",
        table: { schema: "public", name: "orders" },
      },
      destination: {
        kind: "postgres",
        connectionId: "4c3d2e1f-0a9b-4c8d-9e7f-334455667788",
        table: { schema: "sales", name: "orders" },
      },
      writeMode: "upsert",
      readMode: "full",
      badRows: "stop",
      syncKey: ["id"],
      fields: [
        { source: "id", destination: "id" },
        { source: "total", destination: "amount" },
      ],
      schedule: { kind: "every", every: 15, unit: "minutes", timeZone: "Europe/London", missed: "catch_up" },
    },
    sourceName: "Shop",
    destinationName: "Warehouse",
    attention: [],
    practice: false,
    nextRunAt: null,
    lastRun: exampleRun(),
    activeRun: null,
    createdAt: at,
    ...over,
  };
}

export function exampleDraft(over: Partial<Draft> = {}): Draft {
  return {
    id: "5d4e3f2a-1b0c-4d9e-8f8a-445566778899",
    revision: 3,
    practice: false,
    steps: {},
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

const notSet = { set: false, updatedAt: null };

/** What a connection tells of its secrets when only the password is stored. */
export function onlyPassword(updatedAt: string): PostgresConnection["secrets"] {
  return {
    password: { set: true, updatedAt },
    clientKey: notSet,
    clientKeyPassphrase: notSet,
    entraSecret: notSet,
    entraCertificate: notSet,
    entraCertificatePassword: notSet,
  };
}
