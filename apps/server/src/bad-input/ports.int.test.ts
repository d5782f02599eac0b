import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { listen, makeAuthority, openDeafPort, startSshServer, type DeafPort } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSweep, type Sweep } from "../testing/bad-input.ts";

/** Group B of the catalogue: ports. */
let sweep: Sweep;
beforeAll(async () => {
  sweep = await startSweep();
});
afterAll(() => sweep.server.stop());

describe("what is no port", () => {
  test.each([
    { port: 0, id: "[B48]" },
    { port: -1, id: "[B49]" },
    { port: 65536, id: "[B50]" },
    { port: "5432abc", id: "[B51]" },
    { port: "5432.5", id: "[B52]" },
    { port: 5432.5, id: "[B52]" },
    { port: "１２３", id: "[B53]" },
    { port: "1e3", id: "[B54]" },
    { port: "", id: "[B55]" },
  ])("$port is refused at its field, for connections and tunnels $id", async ({ port }) => {
    const connection = await sweep.refuseConnection({ settings: { port }, secrets: { password: "canary" } });
    expect(connection).toMatchObject({ status: 422, attempts: [] });
    expect(connection.fields).toEqual({ "settings.port": expect.stringContaining("between 1 and 65535") as unknown });
    const { fields, attempts } = await sweep.refuseTunnel({ port });
    expect({ fields, attempts }).toEqual({
      fields: { port: expect.stringContaining("between 1 and 65535") as unknown },
      attempts: [],
    });
  });

  test("spaces around one do no harm [B56]", async () => {
    expect((await sweep.save({ settings: { port: " 5432 " } })).settings.port).toBe(5432);
  });
});

describe("who may answer there", () => {
  const failure = (port: number, tlsMode = "prefer") =>
    sweep.failure({ settings: { host: "127.0.0.1", port, tlsMode }, secrets: { password: "canary-hunter2" } });

  test("a web server is said to be no PostgreSQL [B57]", async () => {
    const requests: string[] = [];
    const web = createServer((req, res) => res.end(requests.push(req.url ?? "") && "hello"));
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    for (const tlsMode of ["disable", "prefer", "verify-full"])
      expect(await failure((web.address() as AddressInfo).port, tlsMode)).toMatchObject({ code: "not_postgres" });
    expect(requests).toEqual([]);
    web.close();
    web.closeAllConnections();
  });

  test("an SSH server is said to be no PostgreSQL, and is offered nothing [B58]", async () => {
    const ssh = await startSshServer({ password: "x" });
    for (const tlsMode of ["disable", "prefer", "verify-full"])
      expect(await failure(ssh.port, tlsMode)).toMatchObject({ code: "not_postgres" });
    expect(ssh.offered).toEqual([]);
    await ssh.close();
  });

  test("a port that only speaks TLS is named as such by its alert [B59]", async () => {
    const alert = Buffer.from([0x15, 3, 3, 0, 2, 2, 0x46]);
    const strict = await listen((socket) => socket.once("data", () => socket.end(alert)));
    for (const tlsMode of ["disable", "prefer", "verify-full"])
      expect(await failure(strict.port, tlsMode)).toMatchObject({ code: "tls_only_port" });
    await strict.close();
  });

  test("a port that only speaks TLS hears no password [B59]", async () => {
    const { key, certificate: cert } = makeAuthority().issue();
    const heard: Buffer[] = [];
    const secure = createTlsServer({ key, cert }, (socket) => socket.on("data", (chunk) => heard.push(chunk)));
    secure.on("tlsClientError", () => {});
    await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
    // Node hangs up without a word, where other servers send an alert.
    for (const tlsMode of ["disable", "prefer", "require"]) {
      const { code } = await failure((secure.address() as AddressInfo).port, tlsMode);
      expect(["line_cut", "tls_only_port"]).toContain(code);
    }
    expect(Buffer.concat(heard).toString("latin1")).not.toContain("canary");
    secure.close();
  });

  test("nobody: the port is named as closed [B60]", async () => {
    const gone = await listen(() => {});
    await gone.close();
    expect(await failure(gone.port)).toMatchObject({
      stage: "port",
      code: "port_closed",
      facts: { host: "127.0.0.1", port: String(gone.port) },
    });
  });
});

describe("a port behind a firewall that drops what comes", () => {
  let deaf: DeafPort;
  beforeAll(async () => {
    deaf = await openDeafPort();
  });
  afterAll(() => deaf.close());

  test("is said to be silent, once ten seconds are over [B61]", async () => {
    const { host, port } = deaf;
    expect(await sweep.failure({ settings: { host, port } })).toMatchObject({
      stage: "port",
      code: "port_silent",
      facts: { port: String(port) },
    });
  });
});
