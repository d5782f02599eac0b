import type { Connection, Draft } from "@headgate/contract";
import { makeAuthority } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFlow } from "../testing/make-flow.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const authority = makeAuthority();
const pair = authority.issue({ names: ["app"] });
const entra = { tenantId: "contoso.example", clientId: "6b1f0c1d", cloud: "AzurePublic" };
const bySecret = { entra: { ...entra, credential: "secret" } };
const byCertificate = { entra: { ...entra, credential: "certificate" } };

let server: TestServer;
let tunnels: string[];
beforeAll(async () => {
  server = await startTestServer({ settings: { rateLimits: "off" } });
  tunnels = [await saveTunnel("Hop 1"), await saveTunnel("Hop 2")];
});
afterAll(() => server.stop());

async function saveTunnel(name: string): Promise<string> {
  const body = {
    name,
    host: "hop.example.com",
    port: 22,
    user: "tunnel",
    method: "password",
    secrets: { password: "p" },
  };
  return (await server.ask("post", "/api/tunnels", { body })).json<{ id: string }>().id;
}

const base = { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "require" };
let counter = 0;

async function create(settings: object, secrets: object): Promise<Connection> {
  counter += 1;
  const body = { name: `Shop ${counter}`, settings: { ...base, ...settings }, secrets };
  const answer = await server.ask("post", "/api/connections", { body });
  expect(answer.status).toBe(200);
  return answer.json<Connection>();
}

function change({ id, name, settings, revision }: Connection, changed: object, secrets: object = {}) {
  return server.ask("put", `/api/connections/${id}`, {
    body: { name, revision, settings: { ...settings, ...changed }, secrets },
  });
}

const password = { password: "canary-password" };
const appSecret = { entraSecret: "canary-secret" };
const appCertificate = { entraCertificate: pair.certificate + pair.key };

describe("a stored secret does not follow a connection elsewhere [R24]", () => {
  test.each<[string, object, object, () => object, string]>([
    ["a password, into a tunnel", {}, password, () => ({ tunnelId: tunnels[0] }), "password"],
    ["an application's secret, to another host", bySecret, appSecret, () => ({ host: "evil.example" }), "entraSecret"],
    ["an application's secret, less protected", bySecret, appSecret, () => ({ tlsMode: "prefer" }), "entraSecret"],
    ["an application's secret, into a tunnel", bySecret, appSecret, () => ({ tunnelId: tunnels[1] }), "entraSecret"],
    [
      "a token's certificate, to another port",
      byCertificate,
      appCertificate,
      () => ({ port: 6432 }),
      "entraCertificate",
    ],
    [
      "a token's certificate, as another user",
      byCertificate,
      appCertificate,
      () => ({ user: "x" }),
      "entraCertificate",
    ],
    [
      "a token's certificate, to another cloud",
      byCertificate,
      appCertificate,
      () => ({ entra: { ...byCertificate.entra, cloud: "AzureChina" } }),
      "entraCertificate",
    ],
  ])("%s [R24]", async (_what, settings, secrets, changed, field) => {
    const connection = await create(settings, secrets);
    const refused = await change(connection, changed());
    expect(refused.problem()).toMatchObject({ type: "error:connection/secret-required", status: 422 });
    expect(Object.keys(refused.problem().fields ?? {})).toEqual([`secrets.${field}`]);
    expect(refused.text).not.toContain("canary");
    const stored = await server.ask("get", `/api/connections/${connection.id}`);
    expect(stored.json()).toEqual(connection);
    expect((await change(connection, changed(), secrets)).json()).toMatchObject({ revision: 2, settings: changed() });
  });

  test("a password, out of a tunnel and from one into another [R24]", async () => {
    const connection = await create({ tunnelId: tunnels[0] }, password);
    for (const tunnelId of [tunnels[1], undefined]) {
      const refused = await change(connection, { tunnelId });
      expect(Object.keys(refused.problem().fields ?? {})).toEqual(["secrets.password"]);
    }
  });

  test("a client certificate's key never leaves Headgate, so it is not asked for again; the password is [R24]", async () => {
    const settings = { clientCertificate: pair.certificate };
    const keyOnly = await create(settings, { clientKey: pair.key });
    expect((await change(keyOnly, { host: "elsewhere.example.com" })).status).toBe(200);
    const both = await create(settings, { ...password, clientKey: pair.key });
    const refused = await change(both, { host: "elsewhere.example.com" });
    expect(Object.keys(refused.problem().fields ?? {})).toEqual(["secrets.password"]);
  });
});

describe("deleting", () => {
  test("is refused while a flow uses the connection, by the flow's name, and nothing is lost", async () => {
    const flowId = await makeFlow(server.store);
    const { rows } = await server.store.db.query<{ id: string }>(
      "select source_connection_id as id from flows where id = $1",
      [flowId],
    );
    const id = rows[0]?.id ?? "";
    const refused = await server.ask("delete", `/api/connections/${id}`);
    expect(refused.problem()).toMatchObject({
      type: "error:connection/in-use",
      status: 409,
      detail: "Used by: Orders.",
    });
    expect((await server.ask("get", `/api/connections/${id}`)).json()).toMatchObject({ flowNames: ["Orders"] });
  });

  test("is refused for a tunnel while a connection uses it; the tunnel outlives its connections", async () => {
    const id = await saveTunnel("Hop 3");
    const connection = await create({ tunnelId: id }, {});
    const refused = await server.ask("delete", `/api/tunnels/${id}`);
    expect(refused.problem()).toMatchObject({ type: "error:tunnel/in-use", detail: `Used by: ${connection.name}.` });
    expect((await server.ask("delete", `/api/connections/${connection.id}`)).status).toBe(200);
    expect((await server.ask("get", `/api/tunnels/${id}`)).json()).toMatchObject({ connectionNames: [] });
  });

  test("leaves an unfinished flow that had chosen it, which then asks for another one", async () => {
    const connection = await create({}, {});
    const draft = (await server.ask("post", "/api/drafts", { body: { practice: false } })).json<Draft>();
    const finish = (revision: number) =>
      server.ask("put", `/api/drafts/${draft.id}/step`, {
        body: {
          step: "credentials",
          revision,
          finished: true,
          values: { choice: "saved", connectionId: connection.id },
        },
      });
    expect((await finish(draft.revision)).status).toBe(200);
    expect((await server.ask("get", `/api/connections/${connection.id}`)).json()).toMatchObject({ draftCount: 1 });
    expect((await server.ask("delete", `/api/connections/${connection.id}`)).status).toBe(200);
    const { revision } = (await server.ask("get", `/api/drafts/${draft.id}`)).json<Draft>();
    expect((await finish(revision)).problem().fields).toHaveProperty(
      "connectionId",
      expect.stringContaining("deleted"),
    );
  });
});
