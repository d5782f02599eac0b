import { tlsModes, type PostgresSettings } from "@headgate/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeExport } from "../export-connection.ts";
import { readPasted } from "../read-pasted.ts";
import { adobePostgresSpec, writeBaseConnection } from "./base-connection.ts";

const connectionString = "Server=db.example.com;Database=shop;Port=5433;UID=reader;Password=canary";
const document = {
  name: "Shop",
  description: "ours",
  auth: { specName: "Connection String Based Authentication", params: { connectionString } },
  connectionSpec: { id: adobePostgresSpec, version: "1.0" },
};
const settings: PostgresSettings = { host: "h", port: 5432, database: "d", user: "u", tlsMode: "require" };

function read(given: object) {
  const answer = readPasted(JSON.stringify(given));
  if (answer.status === "refused") throw new Error(answer.message);
  return answer;
}

describe("an Adobe base connection", () => {
  test("is read from its one string [AD-01]", () => {
    expect(read(document)).toMatchObject({
      style: "adobe_connection",
      name: "Shop",
      fields: { host: "db.example.com", database: "shop", port: 5433, user: "reader", password: "canary" },
      asks: [],
    });
  });

  test("is read from separate values, with a user name [AD-02]", () => {
    const params = { server: "h", port: "5432", database: "d", username: "u", password: "p", sslMode: 5 };
    expect(read({ ...document, auth: { specName: "Basic Authentication", params } }).fields).toEqual({
      host: "h",
      port: 5432,
      database: "d",
      user: "u",
      password: "p",
      tlsMode: "verify-full",
    });
  });

  test("carries Adobe's fixed id of PostgreSQL, and another id is refused [AD-03]", () => {
    expect(writeBaseConnection({ name: "Shop", settings })).toMatchObject({
      connectionSpec: { id: "74a1c565-4e59-48d7-9d67-7c03b8a13137", version: "1.0" },
    });
    const other = readPasted(JSON.stringify({ ...document, connectionSpec: { id: "other" } }));
    expect(other).toMatchObject({ status: "refused", message: expect.stringContaining("another kind of source") });
  });

  test("gives the same settings back, without the password, which is asked for", () => {
    const said = tlsModes.filter((mode) => mode !== "allow" && mode !== "verify-ca");
    const word = fc.string({ minLength: 1 }).filter((text) => !text.includes("\0"));
    const arbitrary = fc.record({
      host: fc.constantFrom("db.example.com", "10.0.0.1", "2001:db8::1"),
      port: fc.integer({ min: 1, max: 65535 }),
      database: word,
      user: word,
      tlsMode: fc.constantFrom(...said),
    });
    fc.assert(
      fc.property(arbitrary, (given) => {
        const back = read(writeBaseConnection({ name: "Shop", settings: given }));
        expect(back.fields).toEqual(given);
        expect(back.asks).toMatchObject([{ field: "password" }]);
      }),
    );
  });

  test("keeps its envelope and never the password", () => {
    const { document: kept } = read(document);
    const back = writeBaseConnection({ name: "Shop", settings }, kept);
    expect(back).toMatchObject({ description: "ours" });
    expect(JSON.stringify([kept, back])).not.toContain("canary");
  });
});

describe("an export", () => {
  test("names what the other system has no words for", () => {
    const entra = { tenantId: "t", clientId: "c", cloud: "AzurePublic", credential: "secret" } as const;
    const withEntra = { name: "Shop", settings: { ...settings, entra } };
    expect(writeExport("uri", withEntra)).toMatchObject({ status: "refused" });
    expect(writeExport("adobe", withEntra)).toMatchObject({ status: "refused" });
    expect(writeExport("adf", withEntra)).toMatchObject({ status: "written" });
    const rich = { ...settings, tlsMode: "verify-ca" as const, caCertificate: "PEM", tunnelId: crypto.randomUUID() };
    const written = writeExport("adobe", { name: "Shop on db", settings: rich });
    expect(written).toMatchObject({ fileName: "Shop-on-db.json" });
    const notes = written.status === "written" ? written.notes.join() : "";
    for (const words of ["authority's certificate", "SSH tunnel", "name will be checked"])
      expect(notes).toContain(words);
  });
});
