import type { PostgresConnection } from "@headgate/contract";
import { readPasted } from "@headgate/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const settings = { host: "shop.postgres.database.azure.com", port: 5432, database: "shop", user: "reader" };

async function create(name: string, more: object = {}, secrets: object = { password: "canary-hunter2" }) {
  const body = { name, settings: { ...settings, tlsMode: "verify-full", ...more }, secrets };
  const answer = await server.ask("post", "/api/connections", { body });
  expect(answer.status).toBe(200);
  return answer.json<PostgresConnection>();
}

const get = (id: string, format: string) => server.ask("get", `/api/connections/${id}/export?format=${format}`);

test.each(["adf", "adobe", "uri"])(
  "a connection goes out as %s without its password and comes back the same",
  async (format) => {
    const { id } = await create(`Shop ${format}`);
    const answer = await get(id, format);
    expect(answer.text).not.toContain("canary");
    const { text } = answer.json<{ text: string }>();
    expect(readPasted(text)).toMatchObject({ status: "parsed", fields: { ...settings, tlsMode: "verify-full" } });
  },
);

test("an imported linked service gives back what Headgate had no use for, and never a secret [AZ-01]", async () => {
  const typeProperties = { server: settings.host, port: "5432", database: "shop", username: "reader", sslMode: 5 };
  const linkedService = {
    name: "Shop",
    properties: {
      type: "AzurePostgreSql",
      version: "2.0",
      annotations: ["team a"],
      typeProperties: { ...typeProperties, authenticationType: "BasicAuth", password: "canary-1", pooling: true },
    },
  };
  const read = readPasted(JSON.stringify(linkedService));
  if (read.status === "refused") throw new Error(read.message);
  const { password, ...fields } = read.fields;
  const { id } = await create("Shop", { ...fields, importedFrom: read.document }, { password });
  const { text } = (await get(id, "adf")).json<{ text: string }>();
  const { password: _, ...open } = linkedService.properties.typeProperties;
  expect(JSON.parse(text)).toEqual({
    ...linkedService,
    properties: { ...linkedService.properties, typeProperties: open },
  });
});

test("a form that has no words for the sign-in is refused, and so is one nobody knows", async () => {
  const entra = { tenantId: "contoso.com", clientId: "0-1", cloud: "AzurePublic", credential: "secret" };
  const { id } = await create("Entra", { entra }, { entraSecret: "canary-2" });
  expect((await get(id, "uri")).problem().fields).toHaveProperty("format");
  const adf = await get(id, "adf");
  expect(adf.json<{ text: string }>().text).toContain("ServicePrincipalKey");
  expect(adf.text).not.toContain("canary");
  expect((await get(id, "xml")).status).toBe(422);
});
