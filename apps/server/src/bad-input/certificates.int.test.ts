import { createPrivateKey, X509Certificate } from "node:crypto";
import { TLSSocket, type TLSSocketOptions } from "node:tls";
import { listen, makeAuthority, makePfx, type CertificateOptions, type Listener } from "@headgate/testkit";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startSweep, type Sweep, type Typed } from "../testing/bad-input.ts";

/** Group E of the catalogue: certificates and keys, ours and theirs. */
let sweep: Sweep;
beforeAll(async () => {
  sweep = await startSweep({ lookup: async () => ["127.0.0.1"] });
});
afterAll(() => sweep.server.stop());

const authority = makeAuthority();
const own = authority.issue({ names: ["reader"] });
const other = authority.issue({ names: ["other"] });
const weak = authority.issue({ names: ["weak"], bits: 1024 });
const locked = createPrivateKey(own.key)
  .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "canary-passphrase" })
  .toString();
const der = new X509Certificate(own.certificate).raw.toString("latin1").replaceAll("\0", "\u0001");
const pfx = makePfx(own, "canary-pfx");
const nonsense = "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----";
const entra = { tenantId: "t.example", clientId: "c", cloud: "AzurePublic", credential: "certificate" };

const ca = (caCertificate: string): Typed => ({ settings: { tlsMode: "verify-ca", caCertificate } });
const client = (clientCertificate: string, clientKey: string, clientKeyPassphrase?: string): Typed => ({
  settings: { clientCertificate },
  secrets: { clientKey, ...(clientKeyPassphrase !== undefined && { clientKeyPassphrase }) },
});
const app = (entraCertificate: string, entraCertificatePassword?: string): Typed => ({
  settings: { tlsMode: "verify-full", entra },
  secrets: { entraCertificate, ...(entraCertificatePassword !== undefined && { entraCertificatePassword }) },
});

describe("material that cannot be used is refused at its field, and kept nowhere", () => {
  test.each<[string, Typed, string, string]>([
    ["text that is no certificate [B97]", ca("hello"), "settings.caCertificate", "not a whole certificate"],
    ["a certificate full of nonsense [B97]", ca(nonsense), "settings.caCertificate", "not a whole certificate"],
    ["a certificate of our own that is none [B97]", client("x", own.key), "settings.clientCertificate", "whole"],
    ["a key that is none [B97]", client(own.certificate, "hello"), "secrets.clientKey", "not a whole private key"],
    ["an application's certificate that is none [B97]", app("hello"), "secrets.entraCertificate", "no certificate"],
    ["half a certificate [B98]", ca(own.certificate.slice(0, 400)), "settings.caCertificate", "whole"],
    ["half a key [B98]", client(own.certificate, own.key.slice(0, 400)), "secrets.clientKey", "whole"],
    ["the bytes of a DER file [B99]", ca(der), "settings.caCertificate", "PEM"],
    ["a private key as the authority [B100]", ca(own.key), "settings.caCertificate", "private key"],
    ["a key within a bundle [B100]", ca(own.certificate + own.key), "settings.caCertificate", "private key"],
    ["a private key as our certificate [B100]", client(own.key, own.key), "settings.clientCertificate", "private key"],
    ["somebody else's key [B101]", client(own.certificate, other.key), "secrets.clientKey", "another certificate"],
    [
      "an application with somebody else's key [B101]",
      app(own.certificate + other.key),
      "secrets.entraCertificate",
      "another",
    ],
    ["a locked key [B102]", client(own.certificate, locked), "secrets.clientKeyPassphrase", "locked"],
    ["a wrong passphrase [B102]", client(own.certificate, locked, "canary-no"), "secrets.clientKeyPassphrase", "open"],
    ["a PFX file without its password [B112]", app(pfx), "secrets.entraCertificatePassword", "locked"],
    ["a PFX file with a wrong one [B112]", app(pfx, "canary-no"), "secrets.entraCertificatePassword", "does not open"],
    ["a key of 1,024 bits [B111]", client(weak.certificate, weak.key), "secrets.clientKey", "2,048 bits"],
  ])("%s", async (_what, typed, field, words) => {
    const secret = own.key.split("\n")[3] ?? "";
    const { status, fields, attempts } = await sweep.refuseConnection(typed, secret);
    expect({ status, fields, attempts }).toEqual({
      status: 422,
      fields: { [field]: expect.stringContaining(words) as unknown },
      attempts: [],
    });
  });

  test("a bundle of one megabyte is taken, one of five is not [B103]", async () => {
    const padding = (bytes: number): string => `# ${"x".repeat(78)}\n`.repeat(Math.floor(bytes / 81));
    const caCertificate = `${padding(950_000)}${authority.certificate}`;
    expect((await sweep.save(ca(caCertificate))).settings.caCertificate).toBe(caCertificate);
    const refused = await sweep.refuseConnection(ca(`${padding(5_000_000)}${authority.certificate}`));
    expect(refused).toMatchObject({ status: 413, type: "error:request/too-large", attempts: [] });
  });

  test("what belongs together is taken, its key as a secret only", async () => {
    const saved = await sweep.save(client(own.certificate, locked, "canary-passphrase"));
    expect(saved.secrets).toMatchObject({ clientKey: { set: true }, clientKeyPassphrase: { set: true } });
    expect(JSON.stringify(saved)).not.toContain(locked.split("\n")[3]);
    expect((await sweep.save(app(pfx, "canary-pfx"))).secrets).toMatchObject({ entraCertificate: { set: true } });
  });
});

describe("what a server shows", () => {
  let running: Listener | undefined;
  const heard: Buffer[] = [];
  afterEach(async () => {
    await running?.close();
    heard.length = 0;
  });

  /** A server that takes up encryption with this certificate and writes down what it then hears. */
  async function show(options: TLSSocketOptions): Promise<number> {
    running = await listen((plain) => {
      plain.once("data", () => {
        plain.write("S");
        const secure = new TLSSocket(plain, { isServer: true, ...options });
        secure.on("error", () => {}).on("data", (chunk: Buffer) => heard.push(chunk));
      });
    });
    return running.port;
  }

  async function failureWith(certificate: CertificateOptions, host = "localhost") {
    const { key, certificate: cert } = authority.issue(certificate);
    return failureAt(await show({ key, cert, ciphers: "DEFAULT@SECLEVEL=0" }), host);
  }

  async function failureAt(port: number, host = "localhost", change: object = {}) {
    const settings = { host, port, tlsMode: "verify-full", caCertificate: authority.certificate, ...change };
    const found = await sweep.failure({ settings, secrets: { password: "canary-hunter2" } }, "canary-hunter2");
    expect(Buffer.concat(heard).toString("latin1")).not.toContain("canary");
    return found;
  }

  test.each<[string, CertificateOptions, string, string]>([
    ["a validity that has ended [B104]", { expired: true }, "localhost", "tls_expired"],
    ["a validity that has not begun [B105]", { early: true }, "localhost", "tls_not_yet_valid"],
    ["its own signature [B106]", { selfSigned: true }, "localhost", "tls_unknown_issuer"],
    ["another name [B107]", { names: ["db.example"] }, "localhost", "tls_wrong_name"],
    ["a name, for a host typed as an address [B108]", { names: ["localhost"] }, "127.0.0.1", "tls_wrong_name"],
    ["a whole top-level domain [B109]", { names: ["*.com"] }, "example.com", "tls_wrong_name"],
    ["a wildcard one level too high [B109]", { names: ["*.a.b.example"] }, "x.y.a.b.example", "tls_wrong_name"],
    ["a key of 1,024 bits [B111]", { bits: 1024 }, "localhost", "tls_weak"],
    ["a signature over SHA-1 [B111]", { sha1: true }, "localhost", "tls_weak"],
  ])("%s: no password is sent", async (_what, certificate, host, code) => {
    expect(await failureWith(certificate, host)).toMatchObject({ stage: "tls", code });
  });

  test("a certificate whose authority in between is missing [B110]", async () => {
    const between = authority.delegate("In between");
    const { key, certificate } = between.issue();
    expect(await failureAt(await show({ key, cert: certificate }))).toMatchObject({
      stage: "tls",
      code: expect.stringMatching(/^tls_(unknown_issuer|chain_incomplete|issuer_missing)$/) as unknown,
    });
    await running?.close();
    const whole = await show({ key, cert: certificate + between.certificate });
    expect((await failureAt(whole)).stage).not.toBe("tls");
  });

  test("names that are markup or hold line breaks are words on one line [B113]", async () => {
    const found = await failureWith({ names: ["<script>alert(1)</script>\nX: y\u0007", "db.example"] });
    expect(found).toMatchObject({ stage: "tls", code: "tls_wrong_name" });
    expect(Object.values(found.facts).join(" ")).toContain("<script>");
    expect(Object.values(found.facts).join(" ")).not.toMatch(/\p{Cc}/u);
  });

  test("encryption as it was ten years ago [B114]", async () => {
    const { key, certificate: cert } = authority.issue();
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    for (const tlsMode of ["require", "verify-full"])
      expect(await failureAt(await show({ key, cert, ...old }), "localhost", { tlsMode })).toMatchObject({
        stage: "tls",
        code: expect.stringMatching(/^tls_(failed|too_old)$/) as unknown,
      });
  });

  test.each([
    ["no encryption [B115]", "N", "tls_not_offered"],
    ["encryption, with bytes for us behind the answer [B116]", "SR\0\0\0\x08\0\0\0\0", "tls_failed"],
  ])("%s, under require: nothing of ours follows", async (_what, answer, code) => {
    running = await listen((socket) =>
      socket.on("data", (chunk) => {
        heard.push(chunk);
        socket.write(Buffer.from(answer, "latin1"));
      }),
    );
    const change = { tlsMode: "require", caCertificate: "" };
    expect(await failureAt(running.port, "localhost", change)).toMatchObject({ stage: "tls", code });
    expect(Buffer.concat(heard)).toHaveLength(8);
  });
});
