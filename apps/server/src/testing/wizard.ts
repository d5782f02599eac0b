import type { PostgresConnection, Draft, StepId } from "@headgate/contract";
import { createDatabase, startPostgres, type TestDatabase } from "@headgate/testkit";
import type { TestServer } from "./test-server.ts";

/** What a person who goes through the wizard does, over HTTP. */
export type Wizard = {
  readonly source: TestDatabase;
  readonly destination: TestDatabase;
  readonly sourceConnection: PostgresConnection;
  readonly destinationConnection: PostgresConnection;
  begin(): Promise<Draft>;
  /** Presses Continue on a step; the draft's newest revision is used. */
  finish(draftId: string, step: StepId, values: object): ReturnType<TestServer["ask"]>;
  /** Finishes every step; `change` replaces the values of some. */
  finishAll(draftId: string, change?: Partial<Record<StepId, object>>): Promise<Draft>;
  publish(draftId: string): ReturnType<TestServer["ask"]>;
  close(): Promise<void>;
};

/**
 * Two databases with a table each, and a connection to each that passed its check. They are on a server of their own,
 * because Headgate refuses to connect to the one that holds its store.
 */
export async function openWizard(server: TestServer): Promise<Wizard> {
  const postgres = await startPostgres();
  const source = await createDatabase({ server: postgres });
  const destination = await createDatabase({ server: postgres });
  await source.query("create table orders (id int primary key, title text, total numeric(10,2) not null)");
  await source.query("insert into orders select n, 'Order ' || n, n * 1.5 from generate_series(1, 20) n");
  await destination.query("create table orders (id int primary key, title text, total numeric(10,2) not null)");
  const sourceConnection = await connect(server, "Source", source);
  const destinationConnection = await connect(server, "Destination", destination);

  const usual: Record<StepId, object> = {
    credentials: { choice: "saved", connectionId: sourceConnection.id },
    test: { connectionId: sourceConnection.id, connectionRevision: sourceConnection.revision },
    table: { schema: "public", name: "orders" },
    destination: {
      choice: "saved",
      connectionId: destinationConnection.id,
      target: "existing",
      schema: "public",
      name: "orders",
      writeMode: "upsert",
      syncKey: ["id"],
    },
    mapping: { fields: ["id", "title", "total"].map((name) => ({ source: name, destination: name })) },
    schedule: { kind: "every", every: 15, unit: "minutes", timeZone: "Europe/Paris", missed: "catch_up" },
    review: { name: "Orders to the shelf", runNow: true },
  };
  const get = async (draftId: string) => (await server.ask("get", `/api/drafts/${draftId}`)).json<Draft>();
  const finish: Wizard["finish"] = async (draftId, step, values) => {
    const { revision } = await get(draftId);
    return server.ask("put", `/api/drafts/${draftId}/step`, { body: { step, revision, values, finished: true } });
  };

  return {
    close: () => postgres.stop(),
    source,
    destination,
    sourceConnection,
    destinationConnection,
    begin: async () => (await server.ask("post", "/api/drafts", { body: { practice: false } })).json<Draft>(),
    finish,
    async finishAll(draftId, change = {}) {
      for (const [step, values] of Object.entries({ ...usual, ...change }) as [StepId, object][]) {
        const answer = await finish(draftId, step, values);
        if (answer.status !== 200) throw new Error(`${step}: ${answer.text}`);
      }
      return get(draftId);
    },
    async publish(draftId) {
      const { revision } = await get(draftId);
      return server.ask("post", `/api/drafts/${draftId}/publish`, { body: { revision } });
    },
  };
}

async function connect(server: TestServer, name: string, database: TestDatabase): Promise<PostgresConnection> {
  const { host, port, user, password } = database;
  const settings = { host, port, database: database.database, user, tlsMode: "prefer" };
  const saved = await server.ask("post", "/api/connections", { body: { name, settings, secrets: { password } } });
  const { id } = saved.json<PostgresConnection>();
  const check = await server.ask("post", `/api/connections/${id}/check`, { body: {} });
  if (!check.text.includes(`"status":"succeeded"`)) throw new Error(check.text);
  return (await server.ask("get", `/api/connections/${id}`)).json<PostgresConnection>();
}
