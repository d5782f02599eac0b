import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { TLSSocket } from "node:tls";
import type { PostgresTarget } from "@headgate/core";
import { listen, makeAuthority, startPostgres, type TestServer, type TestServerOptions } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contextWith, targetOf } from "../testing/targets.ts";
import { checkPostgres } from "./check-postgres.ts";

const people = makeAuthority("Client authority");
const me = people.issue({ names: ["somebody"] });
const other = people.issue({ names: ["somebody else"] });
const passphrase = "canary-passphrase";

async function check(server: Pick<TestServer, "host" | "port" | "user" | "password">, change: Partial<PostgresTarget>) {
  const target = targetOf({ ...server, host: "localhost", database: "postgres" }, { tlsMode: "require", ...change });
  return checkPostgres(target, contextWith(), () => {});
}

async function withServer<T>(options: TestServerOptions, work: (server: TestServer) => Promise<T>): Promise<T> {
  const server = await startPostgres(options);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

it("a check tells version, cipher, issuer, names and last day of what was really negotiated", async () => {
  const verdict = await withServer({ tls: { names: ["localhost", "db.example"] } }, (server) =>
    check(server, { tlsMode: "verify-full", caCertificate: server.caCertificate ?? "" }),
  );
  expect(verdict).toMatchObject({
    encryption: {
      encrypted: true,
      verified: true,
      protocol: "TLSv1.3",
      cipher: expect.stringMatching(/^TLS_[A-Z0-9_]+$/),
      issuer: "Headgate test authority",
      names: "localhost, db.example",
      expires: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    },
  });
});

it("a plain line tells nothing of the kind", async () => {
  const verdict = await withServer({}, (server) => check(server, { tlsMode: "prefer" }));
  expect(verdict).toMatchObject({ encryption: { encrypted: false, verified: false } });
  expect(Object.keys((verdict as { encryption: object }).encryption)).toEqual(["encrypted", "verified"]);
});

it("names on a certificate are only words: cut, on one line and without control characters [B113] [R33]", async () => {
  const tls = { names: ["<script>alert(1)</script>\n\u0007"], addresses: ["127.0.0.1"] };
  const verdict = await withServer({ tls }, (server) => check(server, { host: "127.0.0.1" }));
  const { names = "" } = (verdict as { encryption: { names?: string } }).encryption;
  expect(names).toContain("<script>");
  expect(names).not.toMatch(/\p{Cc}/u);
});

it("a certificate that is not valid yet [B105]", async () => {
  const verdict = await withServer({ tls: { early: true } }, (server) =>
    check(server, { tlsMode: "verify-full", caCertificate: server.caCertificate ?? "" }),
  );
  const begins = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  expect(verdict).toMatchObject({ failure: { stage: "tls", code: "tls_not_yet_valid", facts: { begins } } });
});

it("an address that is not on the certificate [B108]", async () => {
  const verdict = await withServer({ tls: { names: ["localhost"] } }, (server) =>
    check(server, { host: "127.0.0.1", tlsMode: "verify-full", caCertificate: server.caCertificate ?? "" }),
  );
  expect(verdict).toMatchObject({ failure: { stage: "tls", code: "tls_wrong_name", facts: { names: "localhost" } } });
});

/** The verdict on a server that shows these certificates and hangs up once the line is encrypted. */
async function checkCertificates(key: string, cert: string, caCertificate?: string) {
  const shows = await listen((plain) => {
    plain.once("data", () => {
      plain.write("S");
      const secure = new TLSSocket(plain, { isServer: true, key, cert, ciphers: "DEFAULT@SECLEVEL=0" });
      secure.on("error", () => {}).once("data", () => secure.destroy());
    });
  });
  const server = { ...shows, user: "reader", password: "canary-hunter2" };
  const verdict = await check(server, { tlsMode: "verify-full", ...(caCertificate && { caCertificate }) });
  await shows.close();
  return verdict;
}

it("a server whose key has 1,024 bits is refused where it is verified [B111]", async () => {
  const authority = makeAuthority();
  const { key, certificate } = authority.issue({ bits: 1024 });
  const verdict = await checkCertificates(key, certificate, authority.certificate);
  expect(verdict).toMatchObject({ failure: { stage: "tls", code: "tls_weak" } });
});

describe("a server whose certificate was issued by an authority in between", () => {
  const root = makeAuthority("Root");
  const between = root.delegate("In between");
  const { key, certificate } = between.issue();
  const incomplete = { failure: { stage: "tls", code: "tls_chain_incomplete", facts: { issuer: "In between" } } };

  it("is told apart when it does not send the one in between [B110]", async () => {
    expect(await checkCertificates(key, certificate, root.certificate)).toMatchObject(incomplete);
  });

  it("is told apart without an authority given, when the certificate says where its issuer is to be had [B110]", async () => {
    const world = between.issue({ issuerUrl: "http://certificates.example/between.crt" });
    expect(await checkCertificates(world.key, world.certificate)).toMatchObject(incomplete);
    expect(await checkCertificates(key, certificate)).toMatchObject({ failure: { code: "tls_unknown_issuer" } });
  });

  it("is verified when it sends the whole chain, or when the missing one was given [B110]", async () => {
    const verified = { failure: { code: "line_cut" } };
    const chain = certificate + between.certificate;
    expect(await checkCertificates(key, chain, root.certificate)).toMatchObject(verified);
    const given = between.certificate + root.certificate;
    expect(await checkCertificates(key, certificate, given)).toMatchObject(verified);
  });

  it("is an authority nobody trusts when even the root it sends is unknown [B106]", async () => {
    const chain = certificate + between.certificate + root.certificate;
    const verdict = await checkCertificates(key, chain, makeAuthority("Somebody else").certificate);
    expect(verdict).toMatchObject({ failure: { code: "tls_unknown_issuer" } });
  });
});

it("authorities of one megabyte are read [B103]", async () => {
  const verdict = await withServer({ tls: true }, (server) => {
    const padding = `# ${"x".repeat(78)}\n`.repeat(12_000);
    return check(server, { tlsMode: "verify-full", caCertificate: `${padding}${server.caCertificate ?? ""}` });
  });
  expect(verdict).toMatchObject({ encryption: { verified: true } });
});

describe("a server that demands client certificates", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({
      tls: true,
      clientAuthority: people.certificate,
      hba: ["hostssl all all all scram-sha-256 clientcert=verify-ca"],
    });
  });
  afterAll(() => server.stop());

  const pkcs8 = { type: "pkcs8", format: "pem" } as const;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const locked = privateKey.export({ ...pkcs8, cipher: "aes-256-cbc", passphrase }).toString();

  it("is told apart from other refusals", async () => {
    expect(await check(server, {})).toMatchObject({ failure: { code: "tls_client_required" } });
    const stranger = makeAuthority("Nobody knows").issue();
    const strange = { clientCertificate: stranger.certificate, clientKey: stranger.key };
    expect(await check(server, strange)).toMatchObject({ failure: { code: "tls_client_required" } });
  });

  it("lets in who shows one, chain and all", async () => {
    const clientCertificate = `${me.certificate}\n${people.certificate}`;
    expect(await check(server, { clientCertificate, clientKey: me.key })).toMatchObject({ status: "succeeded" });
  });

  it("an encrypted key is opened with its passphrase [B102]", async () => {
    const clientKey = createPrivateKey(me.key)
      .export({ ...pkcs8, cipher: "aes-256-cbc", passphrase })
      .toString();
    const change = { clientCertificate: me.certificate, clientKey, clientKeyPassphrase: passphrase };
    expect(await check(server, change)).toMatchObject({ status: "succeeded" });
  });

  it.each([
    {
      name: "garbage",
      change: { clientCertificate: "hello", clientKey: me.key },
      reason: "certificate_unreadable",
      id: "[B97]",
    },
    {
      name: "a certificate cut in half",
      change: { clientCertificate: me.certificate.slice(0, 400), clientKey: me.key },
      reason: "certificate_unreadable",
      id: "[B98]",
    },
    {
      name: "DER bytes",
      change: {
        clientCertificate: Buffer.from(me.certificate.slice(28, 400), "base64").toString("latin1"),
        clientKey: me.key,
      },
      reason: "certificate_unreadable",
      id: "[B99]",
    },
    {
      name: "a private key in place of the certificate",
      change: { clientCertificate: me.key, clientKey: me.key },
      reason: "private_key",
      id: "[B100]",
    },
    {
      name: "another certificate's key",
      change: { clientCertificate: me.certificate, clientKey: other.key },
      reason: "mismatch",
      id: "[B101]",
    },
    {
      name: "an encrypted key without passphrase",
      change: { clientCertificate: me.certificate, clientKey: locked },
      reason: "passphrase_missing",
      id: "[B102]",
    },
    {
      name: "an encrypted key with a wrong passphrase",
      change: { clientCertificate: me.certificate, clientKey: locked, clientKeyPassphrase: "wrong" },
      reason: "passphrase_wrong",
      id: "[B102]",
    },
    { name: "no key", change: { clientCertificate: me.certificate }, reason: "key_missing", id: "" },
    { name: "no certificate", change: { clientKey: me.key }, reason: "certificate_missing", id: "" },
    {
      name: "a key that is none",
      change: { clientCertificate: me.certificate, clientKey: "hello" },
      reason: "key_unreadable",
      id: "",
    },
  ])("$name is said to be just that $id", async ({ change, reason }) => {
    const watched = await listen(() => {});
    const verdict = await check({ ...server, port: watched.port }, change);
    expect(verdict).toMatchObject({ failure: { stage: "tls", code: "tls_client_unreadable", facts: { reason } } });
    expect(JSON.stringify(verdict)).not.toContain("canary");
    expect(watched.sockets.size).toBe(0);
    await watched.close();
  });

  it("a client key of 1,024 bits is too weak [B111]", async () => {
    const weak = people.issue({ bits: 1024 });
    const verdict = await check(server, { clientCertificate: weak.certificate, clientKey: weak.key });
    expect(verdict).toMatchObject({ failure: { code: "tls_client_unreadable", facts: { reason: "weak" } } });
  });
});
