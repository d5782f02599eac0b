import { typedConnectionSchema } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { shop as saved } from "../../../testing/wizard/samples.ts";
import { connectionFormDefaults, connectionFormSchema, suggestedName, typedConnection } from "./connection-form.ts";

const key = "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----";
const importedFrom = { properties: { type: "AzurePostgreSql", annotations: ["ours"], "odd.name": { "a.b": 1 } } };

describe("connection form", () => {
  it("starts with the usual port and nothing else", () => {
    expect(connectionFormDefaults(undefined)).toMatchObject({
      name: "",
      signIn: "password",
      settings: { host: "", port: "5432" },
    });
  });

  it("prefers what was typed over what is saved", () => {
    const form = connectionFormDefaults({ database: "shop2", port: "6543" }, saved);
    expect(form.settings).toMatchObject({ host: "db.example.com", database: "shop2", port: "6543" });
  });

  it("never hands a secret to the draft", () => {
    const defaults = connectionFormDefaults(undefined, saved);
    const secrets = Object.fromEntries(Object.keys(defaults.secrets).map((field) => [field, `canary ${field}`]));
    const form = { ...defaults, secrets: secrets as typeof defaults.secrets };
    expect(JSON.stringify(typedConnection(form))).not.toContain("canary");
  });

  it("keeps a key that was put into a certificate's field out of the draft too [B100]", () => {
    const form = connectionFormDefaults(undefined, saved);
    const settings = { ...form.settings, caCertificate: key, clientCertificate: key };
    expect(JSON.stringify(typedConnection({ ...form, settings }))).not.toContain("canary");
    const fields = connectionFormSchema
      .safeParse({ ...form, settings })
      .error?.issues.map(({ path }) => path.join("."));
    expect(fields).toEqual(["settings.caCertificate", "settings.clientCertificate"]);
  });

  it("comes back from a draft as it was, Entra, tunnel and imported definition included", () => {
    const form = connectionFormDefaults(
      {
        signIn: "entra",
        entra: { tenantId: "contoso.example", clientId: "1-2", cloud: "AzureChina", credential: "certificate" },
        tunnelId: saved.id,
        clientCertificate: "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----",
        importedFrom,
      },
      undefined,
    );
    const typed = typedConnectionSchema.parse(JSON.parse(JSON.stringify(typedConnection(form))));
    expect(connectionFormDefaults(typed)).toEqual(form);
    expect(typed.importedFrom).toEqual(importedFrom);
  });

  it.each(["50 000", "0", "65536", "5432x", ""])("refuses the port %j by name", (port) => {
    const form = connectionFormDefaults(undefined, saved);
    const parsed = connectionFormSchema.safeParse({ ...form, settings: { ...form.settings, port } });
    expect(parsed.error?.issues[0]?.path).toEqual(["settings", "port"]);
  });

  it.each(["hello", "-----BEGIN CERTIFICATE-----\nMIIB"])("refuses the certificate %j as not whole", (pem) => {
    const form = connectionFormDefaults(undefined, saved);
    const parsed = connectionFormSchema.safeParse({ ...form, settings: { ...form.settings, caCertificate: pem } });
    expect(parsed.error?.issues[0]).toMatchObject({ path: ["settings", "caCertificate"] });
  });

  it("offers a name made of database and server", () => {
    expect(suggestedName(" shop ", "db.example.com")).toBe("shop on db.example.com");
    expect(suggestedName("", "db.example.com")).toBe("");
  });
});
