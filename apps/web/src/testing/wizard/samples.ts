import type {
  DestinationKind,
  Draft,
  Field,
  PostgresConnection,
  Preview,
  Stream,
  StreamRow,
  TypedSteps,
} from "@headgate/contract";
import type { ConnectionOf } from "../../features/connections/databases.ts";
import { exampleDraft, onlyPassword } from "../examples.ts";

const at = "2026-11-21T09:30:00.000Z";

export function connection(
  over: Partial<PostgresConnection> & Pick<PostgresConnection, "id" | "name">,
): PostgresConnection {
  return {
    kind: "postgres",
    settings: { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "verify-full" },
    secrets: onlyPassword(at),
    revision: 1,
    practice: false,
    lastCheck: { at, revision: 1, status: "succeeded" },
    expiries: {},
    flowNames: [],
    lastUse: null,
    draftCount: 0,
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

/** A connection to one of the other kinds of destination. */
export function receiver<K extends DestinationKind>(
  kind: K,
  over: Pick<ConnectionOf<K>, "id" | "name" | "settings" | "secrets"> & Partial<ConnectionOf<K>>,
): ConnectionOf<K> {
  const { settings: _settings, secrets: _secrets, ...shared } = connection({ id: over.id, name: over.name });
  return { ...shared, ...over, kind } as unknown as ConnectionOf<K>;
}

export const shop = connection({ id: "11111111-1111-4111-8111-111111111111", name: "Shop" });
export const crm = connection({
  id: "22222222-2222-4222-8222-222222222222",
  name: "CRM",
  settings: { host: "crm.example.com", port: 5432, database: "crm", user: "writer", tlsMode: "verify-full" },
});

export function field(name: string, type: string, over: Partial<Field> = {}): Field {
  return {
    name,
    position: 1,
    type,
    typeName: `pg_catalog.${typeNames[type] ?? type}`,
    builtIn: true,
    nullable: true,
    hasDefault: false,
    generated: false,
    identity: null,
    comment: null,
    readable: true,
    ...over,
  };
}

const typeNames: Record<string, string> = { integer: "int4", bigint: "int8", boolean: "bool" };

export function stream(over: Partial<Stream> = {}): Stream {
  return {
    schema: "public",
    name: "customers",
    kind: "table",
    rowEstimate: 1204,
    comment: null,
    readable: true,
    bytes: 88_000,
    fields: [field("id", "integer", { nullable: false }), field("email", "text"), field("balance", "bigint")],
    uniqueKeys: [{ name: "customers_pkey", columns: ["id"], primary: true, nullable: false }],
    may: { select: true, insert: true, update: true, delete: true },
    rowSecurity: false,
    ...over,
  };
}

export const customers = stream();

export function row({ fields, uniqueKeys, may: _may, rowSecurity: _rowSecurity, ...summary }: Stream): StreamRow {
  return { ...summary, columnCount: fields.length, keyColumns: uniqueKeys[0]?.columns ?? null };
}

export const preview: Preview = {
  columns: customers.fields.map(({ name, type, typeName }) => ({ name, type, typeName })),
  rows: [
    ["1", "ada@example.com", "9007199254740993"],
    ["2", null, "0"],
  ],
};

const finished: Required<TypedSteps> = {
  credentials: { choice: "saved", connectionId: shop.id },
  test: { connectionId: shop.id, connectionRevision: 1 },
  table: { schema: "public", name: "customers" },
  destination: {
    choice: "saved",
    connectionId: crm.id,
    target: "create",
    schema: "public",
    name: "customers",
    writeMode: "upsert",
    syncKey: ["id"],
  },
  mapping: {
    fields: [
      { source: "id", destination: "id" },
      { source: "email", destination: "mail" },
    ],
  },
  schedule: { kind: "every", every: 1, unit: "hours", timeZone: "Europe/Paris", missed: "catch_up" },
  review: { name: "customers to CRM", runNow: true },
};

const order = Object.keys(finished) as (keyof TypedSteps)[];

/** A draft in which every step before the given one is finished. */
export function draftBefore(step: keyof TypedSteps, over: TypedSteps = {}): Draft {
  const done = order.slice(0, order.indexOf(step)).map((id) => [id, finished[id]]);
  return exampleDraft({ steps: { ...(Object.fromEntries(done) as TypedSteps), ...over } });
}
