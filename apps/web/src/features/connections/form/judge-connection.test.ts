import type { PostgresConnection } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { shop } from "../../../testing/wizard/samples.ts";
import { connectionFormDefaults, type ConnectionForm } from "./connection-form.ts";
import { judgeConnection } from "./judge-connection.ts";
import { secretsAskedAgain } from "./secrets-in-use.ts";

const certificate = "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----";
const key = "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----";
const locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nx\n-----END ENCRYPTED PRIVATE KEY-----";
const entra = { tenantId: "contoso.example", clientId: "1-2", cloud: "AzurePublic", credential: "secret" } as const;

function typed(change: Partial<ConnectionForm["settings"]>, saved?: PostgresConnection, secrets = {}): ConnectionForm {
  const form = connectionFormDefaults(undefined, saved ?? shop);
  return { ...form, settings: { ...form.settings, ...change }, secrets: { ...form.secrets, ...secrets } };
}

function names(form: ConnectionForm, saved?: PostgresConnection): string[] {
  return judgeConnection(form, saved).map(({ name }) => name);
}

const withEntra = (change: Partial<ConnectionForm["settings"]>, secrets = {}): ConnectionForm => ({
  ...typed({ entra, ...change }, undefined, secrets),
  signIn: "entra",
});

describe("a stored secret", () => {
  it.each([
    ["host", { host: "other.example.com" }],
    ["port", { port: "5433" }],
    ["user", { user: "writer" }],
    ["encryption", { tlsMode: "prefer" as const }],
    ["the authority", { caCertificate: certificate }],
    ["the SSH tunnel", { tunnelId: shop.id }],
  ])("is asked for again after a change of %s [R24]", (_, change) => {
    expect(secretsAskedAgain(shop, typed(change))).toEqual(["password"]);
    expect(judgeConnection(typed(change), shop)).toEqual([
      { name: "secrets.password", message: "Type the password again." },
    ]);
    expect(names(typed(change, undefined, { password: "again" }), shop)).toEqual([]);
  });

  it("is not asked for again after a new name or database", () => {
    expect(secretsAskedAgain(shop, { ...typed({ database: "shop2" }), name: "New" })).toEqual([]);
  });

  it.each([
    ["tenant", { entra: { ...entra, tenantId: "other.example" } }],
    ["application", { entra: { ...entra, clientId: "3" } }],
    ["cloud", { entra: { ...entra, cloud: "AzureChina" as const } }],
    ["host", { host: "other.example.com" }],
  ])("of an Entra application is asked for again after a change of its %s [R24]", (_, change) => {
    const secrets = { ...shop.secrets, entraSecret: { set: true, updatedAt: shop.updatedAt } };
    const saved = { ...shop, settings: { ...shop.settings, entra }, secrets };
    expect(names(typed({}, saved), saved)).toEqual([]);
    expect(names(typed(change, saved), saved)).toEqual(["secrets.entraSecret"]);
  });
});

describe("an Entra application", () => {
  it("needs its two ids and its secret, each named [AZ-06]", () => {
    expect(names(withEntra({ entra: { ...entra, tenantId: "", clientId: "two words" } }))).toEqual([
      "settings.entra.tenantId",
      "settings.entra.clientId",
      "secrets.entraSecret",
    ]);
    expect(names(withEntra({}, { entraSecret: "value" }))).toEqual([]);
  });

  it("needs a certificate with its key, as PEM or PFX; the password may be missing [AZ-07]", () => {
    const by = { entra: { ...entra, credential: "certificate" as const } };
    const given = (entraCertificate: string) => names(withEntra(by, { entraCertificate }));
    expect(given("")).toEqual(["secrets.entraCertificate"]);
    expect(given(certificate)).toEqual(["secrets.entraCertificate"]);
    expect(given("hello")).toEqual(["secrets.entraCertificate"]);
    expect(given(`${certificate}\n${key}`)).toEqual([]);
    expect(given(`MII${"A".repeat(200)}==`)).toEqual([]);
  });

  it("sends its token only where the server's name is checked [R52]", () => {
    expect(names(withEntra({ tlsMode: "require" }, { entraSecret: "value" }))).toEqual(["settings.tlsMode"]);
  });
});

describe("a client certificate", () => {
  it("comes with its whole key, and a locked key with its passphrase [B102]", () => {
    const given = (secrets: Partial<ConnectionForm["secrets"]>) =>
      names(typed({ clientCertificate: certificate }, undefined, secrets));
    expect(given({})).toEqual(["secrets.clientKey"]);
    expect(given({ clientKey: "-----BEGIN PRIVATE KEY-----\nx" })).toEqual(["secrets.clientKey"]);
    expect(given({ clientKey: certificate })).toEqual(["secrets.clientKey"]);
    expect(given({ clientKey: key })).toEqual([]);
    expect(given({ clientKey: locked })).toEqual(["secrets.clientKeyPassphrase"]);
    expect(given({ clientKey: locked, clientKeyPassphrase: "open" })).toEqual([]);
  });

  it("is asked for where there is only a key", () => {
    expect(names(typed({}, undefined, { clientKey: key }))).toEqual(["settings.clientCertificate"]);
  });

  it("may keep the key that is stored", () => {
    const secrets = { ...shop.secrets, clientKey: { set: true, updatedAt: shop.updatedAt } };
    expect(names(typed({ clientCertificate: certificate }), { ...shop, secrets })).toEqual([]);
  });
});
