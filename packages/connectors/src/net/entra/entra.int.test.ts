import type { CheckEvent, EntraCloud } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import {
  listen,
  makeAuthority,
  startPostgres,
  startTokenEndpoint,
  type TestServer,
  type TokenEndpoint,
  type TokenEndpointOptions,
} from "@headgate/testkit";
import forge from "node-forge";
import { escapeLiteral } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { checkPostgres } from "../../postgres/check-postgres.ts";
import { contextWith } from "../../testing/targets.ts";
import { createEgressGate } from "../egress-gate.ts";
import { entraCloudAddresses } from "./clouds.ts";
import { entraToken } from "./token-cache.ts";

const tenantId = "0f5a1e2b-aaaa-4bbb-8ccc-1234567890ab";
const clientId = "6b1f0c1d-dddd-4eee-8fff-abcdef012345";
const user = "headgate-app";
const { scope } = entraCloudAddresses.AzurePublic;
const secret = "canary~client.secret";
const own = makeAuthority().issue({ names: ["headgate-app"] });

let server: TestServer;
let running: TokenEndpoint | undefined;
beforeAll(async () => {
  server = await startPostgres({ tls: true, hba: ["hostssl all all all password"] });
  await withEncrypted(`create role "${user}" login; create table seen (id int); grant select on seen to "${user}"`);
});
afterAll(() => server.stop());
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** The test kit's own sessions are not encrypted, so its rules are asked for through a check's own line. */
async function withEncrypted(sql: string) {
  const { Client } = await import("pg");
  const { host, port, user: superuser, password } = server;
  const ssl = { ca: server.caCertificate ?? "", host: "localhost" };
  const client = new Client({ host, port, user: superuser, password, database: "postgres", ssl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function endpoint(change: Partial<TokenEndpointOptions> = {}): Promise<TokenEndpoint> {
  running = await startTokenEndpoint({ tenantId, clientId, secret, certificate: own.certificate, scope, ...change });
  await withEncrypted(`alter role "${user}" password ${escapeLiteral(running.token)}`);
  return running;
}

const entra = { tenantId, clientId, cloud: "AzurePublic", credential: "secret" } as const;
const byCertificate = { entra: { ...entra, credential: "certificate" }, entraSecret: "" } as const;

function target(change: Partial<PostgresTarget> = {}): PostgresTarget {
  const { port, caCertificate = "" } = server;
  const where = { host: "localhost", port, database: "postgres", user, tlsMode: "verify-full", caCertificate } as const;
  return { ...where, password: undefined, entra, entraSecret: secret, ...change };
}

/** Every check has a gate of its own, and with it no token in memory. */
async function check(change: Partial<PostgresTarget>, authority: Pick<TokenEndpoint, "origin" | "caCertificate">) {
  const gate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });
  const events: CheckEvent[] = [];
  const context = { ...contextWith({ connectMs: 3_000 }), gate, entraAuthority: authority };
  const verdict = await checkPostgres(target(change), context, (event) => events.push(event));
  const code = verdict.status === "failed" ? verdict.failure.code : "ok";
  return { code, verdict, text: JSON.stringify(events) };
}

describe("an application signs in", () => {
  it("with its secret: the token is the password", async () => {
    const authority = await endpoint();
    const { code, text } = await check({}, authority);
    expect(code).toBe("ok");
    expect(authority.asked).toEqual([
      { grant_type: "client_credentials", client_id: clientId, scope, client_secret: secret },
    ]);
    expect(text).not.toContain(authority.token.slice(0, 40));
  });

  it("with a certificate: signature, thumbprint, audience and expiry of the assertion are right", async () => {
    const authority = await endpoint();
    const entraCertificate = `${own.certificate}\n${own.key}`;
    expect(await check({ ...byCertificate, entraCertificate }, authority)).toMatchObject({ code: "ok" });
    expect(authority.asked[0]).toHaveProperty("client_assertion");
    expect(authority.asked[0]).not.toHaveProperty("client_secret");
  });

  it.each(["aes256", "3des"] as const)("with a PFX file and its password (%s)", async (algorithm) => {
    const authority = await endpoint();
    const change = { entraCertificate: pfx("canary-pfx", algorithm), entraCertificatePassword: "canary-pfx" };
    expect(await check({ ...byCertificate, ...change }, authority)).toMatchObject({ code: "ok" });
  });

  it.each(Object.entries(entraCloudAddresses))("%s has addresses of its own", async (cloud, addresses) => {
    const authority = await endpoint({ scope: addresses.scope });
    const change = { entra: { ...entra, cloud: cloud as EntraCloud } };
    expect(await check(change, authority)).toMatchObject({ code: "ok" });
    expect(authority.asked[0]?.["scope"]).toBe(addresses.scope);
    expect(new URL(addresses.authority).protocol).toBe("https:");
  });
});

describe("a token in memory", () => {
  afterEach(() => vi.useRealTimers());

  it("serves the next sessions until five minutes before its end, and is never used after", async () => {
    const authority = await endpoint({ livesSeconds: 3600 });
    const gate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });
    const options = { timeoutMs: 3_000, signal: new AbortController().signal, authority };
    vi.useFakeTimers({ toFake: ["Date"] });
    const ask = () => entraToken(gate, { entra, entraSecret: secret }, options);
    const first = await ask();
    vi.setSystemTime(Date.now() + 54 * 60_000);
    expect(await ask()).toBe(first);
    expect(authority.asked).toHaveLength(1);
    vi.setSystemTime(Date.now() + 2 * 60_000);
    authority.token = "another-token";
    expect(await ask()).toBe("another-token");
    expect(authority.asked).toHaveLength(2);
  });

  it("belongs to the secret it was fetched with", async () => {
    const authority = await endpoint();
    const gate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });
    const options = { timeoutMs: 3_000, signal: new AbortController().signal, authority };
    await entraToken(gate, { entra, entraSecret: secret }, options);
    const guessed = entraToken(gate, { entra, entraSecret: "guessed" }, options);
    await expect(guessed).rejects.toMatchObject({ code: "entra_wrong_secret" });
  });
});

describe("what Microsoft can refuse", () => {
  it.each([
    ["a wrong secret", { entraSecret: "canary-wrong" }, "entra_wrong_secret"],
    ["no secret", { entraSecret: "" }, "entra_wrong_secret"],
    ["an unknown application", { entra: { ...entra, clientId: "nobody" } }, "entra_unknown_app"],
    ["an unknown directory", { entra: { ...entra, tenantId: "nowhere" } }, "entra_unknown_tenant"],
    ["another cloud's scope", { entra: { ...entra, cloud: "AzureChina" } }, "entra_refused"],
  ] as const)("%s", async (_name, change, code) => {
    const found = await check(change, await endpoint());
    expect(found).toMatchObject({ code, verdict: { failure: { stage: "sign_in" } } });
    expect(found.text).not.toContain("canary");
  });

  it.each([
    ["AADSTS7000222: The provided client secret keys are expired.", "entra_secret_expired"],
    ["AADSTS53003: Access has been blocked by Conditional Access policies.", "entra_refused"],
    ["No number in it.", "entra_wrong_secret"],
  ])("%s", async (words, code) => {
    const body = JSON.stringify({ error: "invalid_client", error_description: words });
    const headers = { "content-type": "application/json" };
    const authority = await endpoint({ answer: { status: 401, headers, body } });
    expect((await check({}, authority)).code).toBe(code);
  });

  it("a certificate that is not registered", async () => {
    const other = makeAuthority().issue();
    const entraCertificate = `${other.certificate}\n${other.key}`;
    const found = await check({ ...byCertificate, entraCertificate }, await endpoint());
    expect(found).toMatchObject({ code: "entra_wrong_certificate" });
  });

  it("a database that does not know the application", async () => {
    const authority = await endpoint();
    authority.token = "not-the-password";
    expect(await check({}, authority)).toMatchObject({ code: "entra_user_unknown" });
  });
});

describe("certificates that cannot be used", () => {
  const other = makeAuthority().issue();
  it.each([
    { name: "no key", text: own.certificate, reason: "key_missing", id: "" },
    { name: "no certificate", text: own.key, reason: "certificate_missing", id: "" },
    { name: "another certificate's key", text: `${other.certificate}\n${own.key}`, reason: "mismatch", id: "[B101]" },
    { name: "garbage", text: "hello", reason: "unreadable", id: "[B97]" },
    { name: "a cut PFX file", text: pfx("x").slice(0, 200), reason: "unreadable", id: "" },
    { name: "a PFX file without its password", text: pfx("x"), reason: "password_missing", id: "[B112]" },
    { name: "a PFX file with a wrong password", text: pfx("x"), password: "y", reason: "password_wrong", id: "[B112]" },
  ])("$name $id", async ({ text, password, reason }) => {
    const change = { entraCertificate: text, ...(password !== undefined && { entraCertificatePassword: password }) };
    expect(await check({ ...byCertificate, ...change }, await endpoint())).toMatchObject({
      code: "entra_certificate_unreadable",
      verdict: { failure: { facts: { reason } } },
    });
    expect(running?.asked).toEqual([]);
  });
});

describe("where secrets and tokens do not go", () => {
  it.each(["require", "verify-ca", "prefer"] as const)(
    "a token is not even asked for with %s [R52]",
    async (tlsMode) => {
      const authority = await endpoint();
      const { caCertificate: _none, ...unchecked } = target();
      const change = tlsMode === "verify-ca" ? { tlsMode } : { ...unchecked, tlsMode, caCertificate: "" };
      expect(await check(change, authority)).toMatchObject({ code: "entra_needs_verification" });
      expect(authority.asked).toEqual([]);
    },
  );

  it("a redirect is not followed [R47]", async () => {
    const elsewhere = await listen(() => {});
    const headers = { location: `https://127.0.0.1:${elsewhere.port}/` };
    const authority = await endpoint({ answer: { status: 307, headers, body: "" } });
    expect((await check({}, authority)).code).toMatch(/^entra_(unreachable|refused)$/);
    expect(elsewhere.sockets.size).toBe(0);
    await elsewhere.close();
  });

  it("proxies that the environment names are not used [R47]", async () => {
    const proxy = await listen(() => {});
    for (const name of ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"]) vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    expect(await check({}, await endpoint())).toMatchObject({ code: "ok" });
    expect(proxy.sockets.size).toBe(0);
    vi.unstubAllEnvs();
    await proxy.close();
  });

  it("somebody else with the address of the sign-in service gets no secret", async () => {
    const { origin } = await endpoint();
    const found = await check({}, { origin, caCertificate: makeAuthority().certificate });
    expect(found).toMatchObject({ code: "entra_unreachable" });
    expect(running?.asked).toEqual([]);
  });

  it("the way to the sign-in service leads through the gate [R40]", async () => {
    const authority = await endpoint();
    const gate = createEgressGate({ allow: [], loopbackAllowed: false, refuse: [] });
    const options = { timeoutMs: 3_000, signal: new AbortController().signal, authority };
    const asking = entraToken(gate, { entra, entraSecret: secret }, options);
    await expect(asking).rejects.toMatchObject({ code: "entra_unreachable", message: /does not connect/ });
    expect(authority.asked).toEqual([]);
  });
});

/** A PFX file as people download it, in Base64. */
function pfx(password: string, algorithm: "aes256" | "3des" = "aes256"): string {
  const key = forge.pki.privateKeyFromPem(own.key);
  const certificate = forge.pki.certificateFromPem(own.certificate);
  const asn1 = forge.pkcs12.toPkcs12Asn1(key, [certificate], password, { algorithm });
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), "binary").toString("base64");
}
