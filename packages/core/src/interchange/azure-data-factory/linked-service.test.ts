import { entraClouds, postgresSettingsSchema, tlsModes, type PostgresSettings } from "@headgate/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPasted } from "../read-pasted.ts";
import { writeLinkedService } from "./write-linked-service.ts";

const basic = {
  server: "shop.postgres.database.azure.com",
  port: 5432,
  database: "shop",
  sslMode: 2,
  username: "reader",
  authenticationType: "BasicAuth",
  password: "canary-password",
};
const principal = {
  ...basic,
  authenticationType: "ServicePrincipal",
  password: undefined,
  tenant: "72f988bf-86f1-41af-91ab-2d7cd011db47",
  servicePrincipalId: "00000000-1111-2222-3333-444444444444",
};
const withKey = { servicePrincipalCredentialType: "ServicePrincipalKey", servicePrincipalKey: "canary-key" };
const withCertificate = {
  servicePrincipalCredentialType: "ServicePrincipalCert",
  servicePrincipalEmbeddedCert: "canary-pfx",
  servicePrincipalEmbeddedCertPassword: "canary-pfx-password",
};
const vault = {
  type: "AzureKeyVaultSecret",
  store: { referenceName: "TeamVault", type: "LinkedServiceReference" },
  secretName: "shop-password",
};

function service(typeProperties: object, properties: object = {}, envelope: object = {}): object {
  return {
    name: "Shop",
    ...envelope,
    properties: { type: "AzurePostgreSql", version: "2.0", ...properties, typeProperties },
  };
}

function read(document: object) {
  const answer = readPasted(JSON.stringify(document));
  if (answer.status === "refused") throw new Error(answer.message);
  return answer;
}

function refusal(document: object | string): string {
  const answer = readPasted(typeof document === "string" ? document : JSON.stringify(document));
  return answer.status === "refused" ? answer.message : `parsed as ${JSON.stringify(answer)}`;
}

describe("a linked service", () => {
  test("with a password fills the whole form [AZ-01] [AZ-09]", () => {
    expect(read(service(basic))).toMatchObject({
      style: "adf_linked_service",
      name: "Shop",
      fields: {
        host: "shop.postgres.database.azure.com",
        port: 5432,
        database: "shop",
        user: "reader",
        password: "canary-password",
        tlsMode: "prefer",
      },
      asks: [],
      notes: [],
    });
  });

  test.each(tlsModes.map((mode, number) => [number, mode] as const))(
    "reads sslMode %d as %s, as a number or a string, and writes the number back [AZ-10]",
    (number, mode) => {
      for (const sslMode of [number, String(number)]) {
        expect(read(service({ ...basic, sslMode })).fields.tlsMode).toBe(mode);
      }
      const written = JSON.stringify(writeLinkedService({ name: "Shop", settings: { ...settings, tlsMode: mode } }));
      expect(written).toContain(`"sslMode":${number}`);
    },
  );

  test("refuses an sslMode that does not exist", () => {
    expect(refusal(service({ ...basic, sslMode: 6 }))).toContain("from 0 to 5");
    expect(refusal(service({ ...basic, sslMode: -1 }))).toContain("does not exist");
  });

  test("takes a port as a number, as a string or as part of the server", () => {
    expect(read(service({ ...basic, port: "6432" })).fields.port).toBe(6432);
    const { port: _, ...portless } = basic;
    expect(read(service({ ...portless, server: "h.example,6432" })).fields).toMatchObject({
      host: "h.example",
      port: 6432,
    });
    expect(read(service({ ...portless, server: "h.example:6432" })).fields).toMatchObject({
      host: "h.example",
      port: 6432,
    });
    expect(refusal(service({ ...basic, server: "h.example:6432" }))).toContain("port twice");
    expect(refusal(service({ ...basic, port: "5432abc" }))).toContain("between 1 and 65535");
  });

  test("with a service principal and a key signs in with Entra, and holds no password [AZ-11]", () => {
    const answer = read(service({ ...principal, ...withKey, azureCloudType: "AzureChina" }));
    expect(answer).toMatchObject({
      entra: {
        tenantId: principal.tenant,
        clientId: principal.servicePrincipalId,
        cloud: "AzureChina",
        credential: "secret",
      },
      entraSecrets: { entraSecret: "canary-key" },
      asks: [],
    });
    expect(answer.fields).not.toHaveProperty("password");
  });

  test("with a certificate takes it and its password, which may be missing [AZ-11]", () => {
    expect(read(service({ ...principal, ...withCertificate }))).toMatchObject({
      entra: { credential: "certificate", cloud: "AzurePublic" },
      entraSecrets: { entraCertificate: "canary-pfx", entraCertificatePassword: "canary-pfx-password" },
    });
    const { servicePrincipalEmbeddedCertPassword: _, ...bare } = withCertificate;
    expect(read(service({ ...principal, ...bare })).asks).toEqual([]);
  });

  test.each([
    ["both a key and a certificate", { ...withCertificate, ...withKey }],
    ["says ServicePrincipalKey but", { ...withCertificate, servicePrincipalCredentialType: "ServicePrincipalKey" }],
    ["says ServicePrincipalCert but", { ...withKey, servicePrincipalCredentialType: "ServicePrincipalCert" }],
    ["must be ServicePrincipalKey or", { servicePrincipalCredentialType: "Magic" }],
    ["azureCloudType must be", { ...withKey, azureCloudType: "AzureMoon" }],
    ["authenticationType must be", { authenticationType: "Windows" }],
    ["tenant in the file is not", { ...withKey, tenant: "../../etc" }],
  ])("is refused where it contradicts itself: %s [AZ-11]", (message, change) => {
    expect(refusal(service({ ...principal, ...change }))).toContain(message);
  });

  test("unwraps a SecureString, and asks for what is in a vault, hidden, a parameter or left out", () => {
    const password = (value: unknown) => read(service({ ...basic, password: value }));
    expect(password({ type: "SecureString", value: "p" }).fields.password).toBe("p");
    const cases: [unknown, string][] = [
      [vault, "in the vault TeamVault under the name shop-password"],
      [{ type: "SecureString", value: "**********" }, "hidden by stars"],
      ["********", "hidden by stars"],
      ["@{linkedService().password}", "a parameter of the factory"],
      [undefined, "does not hold the secret"],
    ];
    for (const [value, words] of cases) {
      const { asks, fields } = password(value);
      expect(fields).not.toHaveProperty("password");
      expect(asks).toEqual([{ field: "password", sentence: expect.stringContaining(words) }]);
    }
    expect(read(service({ ...principal, ...withKey, servicePrincipalKey: vault })).asks).toMatchObject([
      { field: "entraSecret" },
    ]);
  });

  test("of version 1.0 is read from its connection string", () => {
    const connectionString = "host=h.example;database=d;port=5432;uid=u;password=p;EncryptionMethod=1";
    for (const value of [connectionString, { type: "SecureString", value: connectionString }]) {
      expect(read(service({ connectionString: value }, { version: undefined })).fields).toEqual({
        host: "h.example",
        database: "d",
        port: 5432,
        user: "u",
        password: "p",
        tlsMode: "require",
      });
    }
  });

  test("leaves encryption to the person when it contradicts itself", () => {
    const { fields, notes } = read(service({ ...basic, sslMode: 3, trustServerCertificate: true }));
    expect(fields).not.toHaveProperty("tlsMode");
    expect(notes.join()).toContain("Choose the encryption yourself");
  });

  test.each([
    ["is of type SqlServer", { name: "x", properties: { type: "SqlServer", typeProperties: {} } }],
    ["has version 9.0", service(basic, { version: "9.0" })],
    ["names no server", service({ database: "d" })],
    ["neither an Azure Data Factory", { hello: 1 }],
    ["holds a list", [service(basic)]],
  ])("is refused when it is something else: %s", (message, document) => {
    expect(refusal(document)).toContain(message);
  });

  test.each([
    ["twice", `{"properties":{"type":"AzurePostgreSql","typeProperties":{"server":"a","server":"b"}}}`],
    ["twice", `{"properties":{"type":"AzurePostgreSql","typeProperties":{"server":"a","s\\u0065rver":"b"}}}`],
    ["__proto__", `{"properties":{"type":"AzurePostgreSql","typeProperties":{"__proto__":{"server":"a"}}}}`],
    ["too deeply", `{"properties":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
    ["not a whole one", `{"properties":{"type":"AzurePostgreSql"`],
    ["NUL", `{"properties":{"type":"AzurePostgreSql","typeProperties":{"server":"a\\u0000b"}}}`],
    ["too long", `{"properties":"${"a".repeat(1_100_000)}"}`],
  ])("is refused as unsafe: %s", (message, text) => {
    expect(refusal(text)).toContain(message);
  });
});

const settings: PostgresSettings = {
  host: "shop.postgres.database.azure.com",
  port: 5432,
  database: "shop",
  user: "reader",
  tlsMode: "verify-full",
};
const entra = fc.record({
  tenantId: fc.uuid(),
  clientId: fc.uuid(),
  cloud: fc.constantFrom(...entraClouds),
  credential: fc.constantFrom("secret" as const, "certificate" as const),
});
const word = fc
  .string({ unit: "binary", minLength: 1, maxLength: 30 })
  // Azure means a parameter or a masked value by these, so no name can look like them.
  .filter((text) => !text.includes("\0") && text.isWellFormed() && !/^\*+$|^@|@\{/.test(text));
const settingsArbitrary = fc.record(
  {
    host: fc.constantFrom("db.example.com", "shop.postgres.database.azure.com", "10.0.0.1", "2001:db8::1"),
    port: fc.integer({ min: 1, max: 65535 }),
    database: word,
    user: word,
    tlsMode: fc.constantFrom(...tlsModes),
    entra,
  },
  { requiredKeys: ["host", "port", "database", "user", "tlsMode"] },
);

describe("the way out and back", () => {
  test("gives the same connection, whatever its settings [AZ-01]", () => {
    fc.assert(
      fc.property(settingsArbitrary, (given) => {
        const { fields, entra: found, asks } = read(writeLinkedService({ name: "Shop", settings: given }));
        expect(postgresSettingsSchema.parse({ ...fields, ...(found && { entra: found }) })).toEqual(given);
        expect(asks.length).toBe(1);
      }),
      { numRuns: 400 },
    );
  });

  test("keeps what Headgate does not know, the envelope and references to a vault, and says so", () => {
    const optional = { pooling: true, connectionTimeout: 15, commandTimeout: 0, timezone: "UTC" };
    const original = service(
      { ...basic, port: "5432", password: vault, ...optional },
      {
        annotations: ["team a"],
        description: "ours",
        connectVia: { referenceName: "ir", type: "IntegrationRuntimeReference" },
      },
      { id: "/subscriptions/1" },
    );
    const { document, fields, notes } = read(original);
    for (const name of ["id", "annotations", "description", "connectVia", "pooling", "timezone"])
      expect(notes.join()).toContain(name);
    const back = writeLinkedService({ name: "Shop", settings: postgresSettingsSchema.parse(fields) }, document);
    expect(back).toEqual(original);
  });

  test("drops what belongs to another way of signing in", () => {
    const { document } = read(service({ ...principal, ...withKey, servicePrincipalKey: vault }));
    const back = JSON.stringify(writeLinkedService({ name: "Shop", settings }, document));
    expect(back).not.toMatch(/tenant|servicePrincipal/);
    expect(back).toContain("BasicAuth");
  });

  test("never carries a secret, wherever it stood", () => {
    const documents = [
      service(basic, { encryptedCredential: "canary-encrypted" }),
      service({ ...basic, password: { type: "SecureString", value: "canary-x" } }),
      service({ ...principal, ...withKey }),
      service({ ...principal, ...withCertificate }),
      service({
        ...basic,
        encryptedCredential: "canary-e",
        nested: [{ apiKey: "canary-n" }, { type: "SecureString", value: "canary-s" }],
      }),
      service({ connectionString: "host=h;database=d;uid=u;password=canary-1" }, { version: "1.0" }),
    ];
    for (const original of documents) {
      const { document } = read(original);
      expect(JSON.stringify(document)).not.toContain("canary");
      expect(JSON.stringify(writeLinkedService({ name: "Shop", settings }, original as never))).not.toContain("canary");
    }
  });
});
