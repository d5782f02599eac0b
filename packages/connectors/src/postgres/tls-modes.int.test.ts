import type { TlsMode } from "@headgate/contract";
import { tlsModes } from "@headgate/contract";
import { makeAuthority, startPostgres, type CertificateOptions, type TestServer } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contextWith, targetOf } from "../testing/targets.ts";
import { checkPostgres } from "./check-postgres.ts";

/** `plain`, `unverified`, `verified`, or the code of the failure. */
type Expected = string;

/** What a check of a server says: how the line came out, or the code with which it failed. */
async function outcome(server: TestServer, tlsMode: TlsMode, caCertificate?: string, host = "localhost") {
  const target = targetOf(
    { ...server, host, database: "postgres" },
    { tlsMode, ...(caCertificate && { caCertificate }) },
  );
  const verdict = await checkPostgres(target, contextWith(), () => {});
  if (verdict.status === "failed") return verdict.failure;
  const { encrypted, verified } = verdict.encryption;
  return { code: encrypted ? (verified ? "verified" : "unverified") : "plain", facts: {}, stage: "" };
}

function server(options: Parameters<typeof startPostgres>[0]) {
  const started: { server?: TestServer } = {};
  beforeAll(async () => {
    started.server = await startPostgres(options);
  });
  afterAll(() => started.server?.stop());
  return (): TestServer => {
    if (!started.server) throw new Error("not started");
    return started.server;
  };
}

const hostssl = ["hostssl all all all scram-sha-256"];
const hostnossl = ["hostnossl all all all scram-sha-256"];

type Row = {
  readonly name: string;
  readonly options: Parameters<typeof startPostgres>[0];
  readonly expected: Record<TlsMode, Expected>;
};

const refused = (code: string) => ({ require: code, "verify-ca": code, "verify-full": code });
const encrypted = { require: "unverified", "verify-ca": "verified", "verify-full": "verified" };

describe.each<Row>([
  {
    name: "a server without encryption",
    options: {},
    expected: { disable: "plain", allow: "plain", prefer: "plain", ...refused("tls_not_offered") },
  },
  {
    name: "a server that offers encryption",
    options: { tls: true },
    expected: { disable: "plain", allow: "plain", prefer: "unverified", ...encrypted },
  },
  {
    name: "a server that demands encryption",
    options: { tls: true, hba: hostssl },
    expected: { disable: "tls_required", allow: "unverified", prefer: "unverified", ...encrypted },
  },
  {
    name: "a server that offers encryption but admits nobody over it",
    options: { tls: true, hba: hostnossl },
    expected: { disable: "plain", allow: "plain", prefer: "plain", ...refused("address_not_admitted") },
  },
])("$name", ({ options, expected }) => {
  const running = server(options);
  it.each(tlsModes)("%s [R50] [V10]", async (mode) => {
    const { caCertificate } = running();
    const authority = mode.startsWith("verify") ? (caCertificate ?? makeAuthority().certificate) : undefined;
    expect((await outcome(running(), mode, authority)).code).toBe(expected[mode]);
  });
});

describe("a certificate for localhost by an authority of its own", () => {
  const running = server({ tls: { names: ["localhost"] } });

  it("verify-full checks the name that was typed [V11] [B107]", async () => {
    const { caCertificate } = running();
    expect((await outcome(running(), "verify-full", caCertificate)).code).toBe("verified");
    const byAddress = await outcome(running(), "verify-full", caCertificate, "127.0.0.1");
    expect(byAddress).toMatchObject({ stage: "tls", code: "tls_wrong_name", facts: { names: "localhost" } });
  });

  it("verify-ca checks the chain only [V11]", async () => {
    expect((await outcome(running(), "verify-ca", running().caCertificate, "127.0.0.1")).code).toBe("verified");
  });

  it("an authority nobody trusts is named [B106]", async () => {
    const found = await outcome(running(), "verify-full");
    expect(found).toMatchObject({ code: "tls_unknown_issuer", facts: { issuer: "Headgate test authority" } });
    expect(found.facts).toHaveProperty("fingerprint");
  });

  it("another authority than the server's is not enough", async () => {
    const other = makeAuthority("Somebody else").certificate;
    for (const mode of ["require", "verify-ca", "verify-full"] as const) {
      const refused = { code: "tls_chain_incomplete", facts: { issuer: "Headgate test authority" } };
      expect(await outcome(running(), mode, other)).toMatchObject(refused);
    }
  });

  it("require with an authority verifies the chain, as libpq does [R50]", async () => {
    expect((await outcome(running(), "require", running().caCertificate, "127.0.0.1")).code).toBe("verified");
  });

  it("a bundle of authorities may hold the right one anywhere [B103]", async () => {
    const bundle = [makeAuthority("One").certificate, "# a comment", running().caCertificate].join("\n");
    expect((await outcome(running(), "verify-full", bundle)).code).toBe("verified");
  });

  it.each([
    { name: "verify-ca without an authority", pem: undefined, reason: "missing", id: "" },
    {
      name: "garbage",
      pem: "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----",
      reason: "unreadable",
      id: "[V12] [B97]",
    },
    { name: "text that is no certificate", pem: "hello", reason: "unreadable", id: "[V12] [B97]" },
    { name: "a private key", pem: makeAuthority().key, reason: "private_key", id: "[B100]" },
    {
      name: "a certificate cut in half",
      pem: makeAuthority().certificate.slice(0, 400),
      reason: "unreadable",
      id: "[V12] [B98]",
    },
  ])("$name is said to be just that $id", async ({ pem, reason }) => {
    expect(await outcome(running(), "verify-ca", pem)).toMatchObject({
      stage: "tls",
      code: "tls_bad_authority",
      facts: { reason },
    });
  });
});

describe.each<{ name: string; tls: CertificateOptions; code: string; id: string }>([
  { name: "another name", tls: { names: ["db.example"] }, code: "tls_wrong_name", id: "[B107]" },
  { name: "a wildcard that is too deep", tls: { names: ["*.b.localhost"] }, code: "tls_wrong_name", id: "[B109]" },
  { name: "a validity that has ended", tls: { expired: true }, code: "tls_expired", id: "[B104]" },
])("a certificate with $name", ({ tls, code, id }) => {
  const running = server({ tls });
  it(`is refused by verify-full ${id}`, async () => {
    expect(await outcome(running(), "verify-full", running().caCertificate)).toMatchObject({ stage: "tls", code });
  });
});

describe("an address on the certificate", () => {
  const running = server({ tls: { names: [], addresses: ["127.0.0.1"] } });
  it("verifies a host typed as an address [V11]", async () => {
    expect((await outcome(running(), "verify-full", running().caCertificate, "127.0.0.1")).code).toBe("verified");
  });
});

describe("a server that can only encrypt as was usual ten years ago", () => {
  const running = server({
    tls: true,
    settings: { ssl_min_protocol_version: "TLSv1.1", ssl_max_protocol_version: "TLSv1.1" },
  });
  it("is refused [R50] [B114]", async () => {
    expect((await outcome(running(), "require")).code).toBe("tls_failed");
  });
});

describe("a server that wants the password in the clear", () => {
  const running = server({ tls: true, hba: ["host all all all password"] });
  it("gets it on a verified line [R52]", async () => {
    expect((await outcome(running(), "verify-full", running().caCertificate)).code).toBe("verified");
  });
});
