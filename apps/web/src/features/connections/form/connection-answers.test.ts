import { postgresAnswersSchema, type PostgresConnection, type ConnectionSecretField } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { shop } from "../../../testing/wizard/samples.ts";
import { connectionAnswers } from "./connection-answers.ts";
import { connectionFormDefaults, connectionFormSchema, type ConnectionForm } from "./connection-form.ts";

const certificate = "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----";
const entra = { tenantId: " contoso.example ", clientId: "1-2", cloud: "AzurePublic", credential: "secret" } as const;
const importedFrom = { properties: { annotations: ["ours"] } };

type Change = {
  readonly signIn?: ConnectionForm["signIn"];
  readonly settings?: Partial<ConnectionForm["settings"]>;
  readonly secrets?: Partial<ConnectionForm["secrets"]>;
  readonly entraSecretExpires?: string;
};

function answers({ settings, secrets, ...change }: Change, saved?: PostgresConnection) {
  const form = connectionFormDefaults(undefined, saved ?? shop);
  const typed = {
    ...form,
    ...change,
    settings: { ...form.settings, ...settings },
    secrets: { ...form.secrets, ...secrets },
  };
  return postgresAnswersSchema.parse(connectionAnswers(connectionFormSchema.parse(typed), saved?.secrets));
}

function storing(...fields: ConnectionSecretField[]): PostgresConnection["secrets"] {
  const stored = Object.keys(shop.secrets).map((field) => {
    const set = fields.some((one) => one === field);
    return [field, { set, updatedAt: set ? shop.updatedAt : null }];
  });
  return Object.fromEntries(stored) as PostgresConnection["secrets"];
}

describe("answers of the connection form", () => {
  it("turn the typed port into a number and leave out what is blank", () => {
    const { settings, secrets } = answers({ settings: { port: " 6432 " }, secrets: { password: "secret" } });
    expect(settings).toEqual({ ...shop.settings, port: 6432 });
    expect(secrets).toEqual({ password: "secret" });
  });

  it("keep the stored password when none was typed", () => {
    expect(answers({}, shop).secrets).toEqual({});
  });

  it("hold the Entra application and its secret, and drop the password that no longer counts", () => {
    const change = { signIn: "entra" as const, settings: { entra }, secrets: { password: "x", entraSecret: "value" } };
    const { settings, secrets, entraSecretExpires } = answers({ ...change, entraSecretExpires: "2027-01-31" }, shop);
    expect(settings.entra).toEqual({ ...entra, tenantId: "contoso.example" });
    expect(secrets).toEqual({ password: "", entraSecret: "value" });
    expect(entraSecretExpires).toBe("2027-01-31");
  });

  it("forget the application when a password is used again", () => {
    const before: PostgresConnection = {
      ...shop,
      settings: { ...shop.settings, entra },
      secrets: storing("entraSecret"),
    };
    const { settings, secrets } = answers({ signIn: "password", secrets: { password: "p" } }, before);
    expect(settings).not.toHaveProperty("entra");
    expect(secrets).toEqual({ password: "p", entraSecret: "" });
  });

  it("hold a client certificate with its key, and take both away together", () => {
    const change = { settings: { clientCertificate: certificate }, secrets: { clientKey: "key" } };
    expect(answers(change)).toMatchObject({
      settings: { clientCertificate: certificate },
      secrets: { clientKey: "key" },
    });
    const before = { ...shop, settings: { ...shop.settings, clientCertificate: certificate } };
    const secrets = storing("password", "clientKey", "clientKeyPassphrase");
    const without = answers({ settings: { clientCertificate: " " } }, { ...before, secrets });
    expect(without.settings).not.toHaveProperty("clientCertificate");
    expect(without.secrets).toEqual({ clientKey: "", clientKeyPassphrase: "" });
  });

  it("do not leave the old passphrase behind a new key", () => {
    const settings = { ...shop.settings, clientCertificate: certificate };
    const before = { ...shop, settings, secrets: storing("clientKey", "clientKeyPassphrase") };
    expect(answers({}, before).secrets).toEqual({});
    expect(answers({ secrets: { clientKey: "new" } }, before).secrets).toEqual({
      clientKey: "new",
      clientKeyPassphrase: "",
    });
  });

  it("keep the definition a connection was imported from through an edit [AZ-01]", () => {
    const before = { ...shop, settings: { ...shop.settings, importedFrom } };
    expect(answers({ settings: { database: "other" } }, before).settings.importedFrom).toEqual(importedFrom);
  });
});
