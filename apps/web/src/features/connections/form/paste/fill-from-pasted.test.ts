import { tlsModes, type TlsMode } from "@headgate/contract";
import { connectionTextStyles, readPasted, writeConnectionText, type ConnectionTextStyle } from "@headgate/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { azureService, baseConnection } from "../../../../testing/definitions.ts";
import { connectionFormDefaults, documentOf, type ConnectionForm } from "../connection-form.ts";
import { fillFromPasted } from "./fill-from-pasted.ts";

const empty = connectionFormDefaults(undefined);

function fill(text: string, form: ConnectionForm = empty, keepName = false) {
  const read = readPasted(text);
  if (read.status === "refused") throw new Error(read.message);
  return fillFromPasted(form, read, keepName);
}

const word = fc
  .array(fc.constantFrom(..."; @ : / % ' \" \\ = ? # & é 日 🐘 a b c".split(" "), " "), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(""));

/** The `EncryptionMethod` of Adobe and Azure Data Factory 1.0 has no word for two of the six modes. */
const sayable: readonly TlsMode[] = ["disable", "prefer", "require", "verify-full"];

function fieldsFor(style: ConnectionTextStyle) {
  return fc.record({
    host: fc.constantFrom("db.example.com", "10.0.0.1", "2001:db8::1"),
    port: fc.integer({ min: 1, max: 65535 }),
    database: word,
    user: word,
    password: word,
    tlsMode: fc.constantFrom(...(style === "ado" || style === "adf" ? sayable : tlsModes)),
  });
}

describe("a pasted text", () => {
  it.each(connectionTextStyles)("of the style %s fills every field it holds, whatever stands in them", (style) => {
    fc.assert(
      fc.property(fieldsFor(style), (fields) => {
        const { values, names } = fill(writeConnectionText(style, fields));
        const { password, port, ...words } = fields;
        expect(values.settings).toMatchObject({ ...words, port: String(port) });
        expect(values.secrets.password).toBe(password);
        expect(names).toHaveLength(6);
      }),
      { numRuns: 150 },
    );
  });

  it("leaves what it does not know as it was", () => {
    const form = { ...empty, settings: { ...empty.settings, host: "db.example.com", user: "reader", port: "6432" } };
    const { values, names } = fill("host=db.example.com dbname=shop", { ...form, name: "Mine" });
    expect(values.settings).toMatchObject({ user: "reader", port: "6432", database: "shop" });
    expect(values.name).toBe("Mine");
    expect(names).toEqual(["settings.host", "settings.database"]);
  });

  it("never leads a secret that was typed for one server to another [R24]", () => {
    const secrets = { ...empty.secrets, password: "canary-1", entraSecret: "canary-2" };
    const form = { ...empty, settings: { ...empty.settings, host: "old.example.com", port: "6432" }, secrets };
    const { values } = fill("postgres://reader@new.example.com/shop", form);
    expect(JSON.stringify(values)).not.toContain("canary");
    expect(values.settings.port).toBe("5432");
    expect(fill("postgres://reader@old.example.com/shop", form).values.secrets.password).toBe("canary-1");
  });
});

describe("a pasted definition", () => {
  it("of Azure Data Factory fills the Entra application, keeps the rest and asks for the vault's secret [AZ-15]", () => {
    const { values, names, asks } = fill(JSON.stringify(azureService));
    expect(values).toMatchObject({
      signIn: "entra",
      name: "Shop",
      settings: {
        host: "shop.postgres.database.azure.com",
        user: "reader-app",
        tlsMode: "verify-full",
        entra: { clientId: "00000000-1111-2222-3333-444444444444", cloud: "AzureChina", credential: "secret" },
      },
    });
    expect(names).toContain("settings.entra.tenantId");
    expect(asks.entraSecret).toContain("in the vault TeamVault under the name shop-key");
    expect(documentOf(values.settings.importedFrom)).toEqual(azureService);
  });

  it("of Adobe signs in with its password, and goes back to one from Entra [AD-01]", () => {
    const { values } = fill(JSON.stringify(baseConnection), { ...empty, signIn: "entra" });
    expect(values).toMatchObject({
      signIn: "password",
      name: "Adobe shop",
      settings: { host: "db.example.com", database: "shop", user: "reader", tlsMode: "verify-full" },
      secrets: { password: "a;b=c" },
    });
    expect(values.settings.importedFrom).not.toContain("a;b=c");
  });

  it("does not rename a saved connection", () => {
    const { values, names } = fill(JSON.stringify(azureService), { ...empty, name: "Ours" }, true);
    expect(values.name).toBe("Ours");
    expect(names).not.toContain("name");
  });

  it("gives way to another server's string, and stays for a string of its own server", () => {
    const { values } = fill(JSON.stringify(azureService));
    expect(fill("postgres://u@other.example.com/d", values).values.settings.importedFrom).toBe("");
    const own = fill("postgres://u@shop.postgres.database.azure.com/d", values);
    expect(own.values.settings.importedFrom).toBe(values.settings.importedFrom);
  });

  it("too long to be kept still fills its fields, and says so", () => {
    const long = { ...azureService, extra: "x".repeat(100_001) };
    const { values, notes } = fill(JSON.stringify(long));
    expect(values.settings).toMatchObject({ host: "shop.postgres.database.azure.com", importedFrom: "" });
    expect(notes.join()).toContain("too long");
  });
});
