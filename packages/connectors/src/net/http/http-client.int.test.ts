import { listen, makeAuthority, startHttpServer, type HttpReply, type HttpServer } from "@headgate/testkit";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEgressGate } from "../egress-gate.ts";
import type { EgressRules } from "../egress-policy.ts";
import { createHttpClient, type HttpClient, type HttpClientOptions } from "./http-client.ts";

const rules: EgressRules = { allow: [], loopbackAllowed: true, refuse: [] };
const authority = makeAuthority();
const patient = new AbortController().signal;

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0).toReversed()) await one.close();
  vi.unstubAllEnvs();
});

async function serve(reply: HttpReply, identity?: Parameters<typeof startHttpServer>[1]): Promise<HttpServer> {
  const server = await startHttpServer(() => reply, identity);
  closing.push(server);
  return server;
}

function client(origin: string, options: Partial<HttpClientOptions> = {}): HttpClient {
  const made = createHttpClient(origin, { gate: createEgressGate(rules), ...options });
  closing.push(made);
  return made;
}

function ask(origin: string, options: Partial<HttpClientOptions> = {}, signal = patient) {
  return client(origin, options).ask(
    { method: "POST", path: "/a?b=1", headers: { "x-team": "a" }, body: "{}" },
    signal,
  );
}

it("asks and hands back status, headers and body", async () => {
  const server = await serve({ status: 201, headers: { "Retry-After": "3" }, body: "made" });
  const answer = await ask(server.origin);
  expect(answer).toMatchObject({ status: 201, headers: { "retry-after": "3" } });
  expect(answer.body.toString()).toBe("made");
  expect(server.requests[0]).toMatchObject({ method: "POST", path: "/a?b=1", headers: { "x-team": "a" } });
  expect(server.requests[0]?.body.toString()).toBe("{}");
});

it("uses a line again, and opens no more lines than it may", async () => {
  let open = 0;
  let most = 0;
  const server = await startHttpServer(async () => {
    most = Math.max(most, (open += 1));
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return { status: 200 };
  });
  closing.push(server);
  const shared = client(server.origin, { connections: 2 });
  await Promise.all(
    Array.from({ length: 20 }, () => shared.ask({ method: "POST", path: "/", headers: {}, body: "x" }, patient)),
  );
  expect(server.requests).toHaveLength(20);
  expect(most).toBeLessThanOrEqual(2);
});

describe("the gate", () => {
  it.each(["http://127.0.0.1", "http://2130706433", "http://0x7f000001", "http://127.1"])(
    "stands before every line, also to %s [V16] [R40]",
    async (host) => {
      const server = await serve({ status: 200 });
      const gate = createEgressGate({ ...rules, loopbackAllowed: false });
      await expect(ask(`${host}:${server.port}`, { gate })).rejects.toMatchObject({
        code: "address_denied",
        reason: "loopback",
      });
      expect(server.requests).toEqual([]);
    },
  );

  it.each(["10.1.2.3", "172.20.0.1", "192.168.1.1", "100.64.9.9", "fd12::1", "64:ff9b::a00:1"])(
    "private address %s is closed to HTTP unless it is allowed, and open to databases [B204] [R44]",
    async (address) => {
      const resolve = (allow: readonly string[], protocol: "http" | "database") =>
        createEgressGate({ ...rules, allow }, async () => [address]).resolve(
          { host: "api.example", port: 80, protocol },
          patient,
        );
      await expect(resolve([], "http")).rejects.toMatchObject({ reason: "private" });
      await expect(resolve([], "database")).resolves.toMatchObject({ addresses: [address] });
      await expect(resolve(["api.example"], "http")).resolves.toMatchObject({ addresses: [address] });
      await expect(resolve([address], "http")).resolves.toMatchObject({ addresses: [address] });
      await expect(resolve(["other.example", "192.0.2.0/24"], "http")).rejects.toMatchObject({ reason: "private" });
    },
  );

  it("asks for a private address get no packet out", async () => {
    const gate = createEgressGate(rules, async () => ["10.0.0.1"]);
    await expect(ask("http://api.example", { gate })).rejects.toMatchObject({
      code: "address_denied",
      reason: "private",
    });
  });

  it("is asked for every line anew, so a name that moves to a denied address is refused [R41]", async () => {
    const server = await serve({ status: 200, headers: { connection: "close" } });
    const answers = [["127.0.0.1"], ["169.254.169.254"]];
    const moving = client(`http://moving.example:${server.port}`, {
      gate: createEgressGate(rules, async () => answers.shift() ?? []),
    });
    const question = { method: "GET", path: "/", headers: {} };
    await expect(moving.ask(question, patient)).resolves.toMatchObject({ status: 200 });
    await expect(moving.ask(question, patient)).rejects.toMatchObject({ code: "address_denied", reason: "metadata" });
  });

  it("proxies that the environment names are not used [R47]", async () => {
    const proxy = await listen(() => {});
    closing.push(proxy);
    for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY"]) vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    const server = await serve({ status: 200 });
    await expect(ask(server.origin)).resolves.toMatchObject({ status: 200 });
    expect(proxy.sockets.size).toBe(0);
  });
});

describe("answers that are none", () => {
  it("a redirect is an answer and is not followed [B205] [R47]", async () => {
    const elsewhere = await listen(() => {});
    closing.push(elsewhere);
    const server = await serve({ status: 307, headers: { location: `http://127.0.0.1:${elsewhere.port}/` } });
    await expect(ask(server.origin)).resolves.toMatchObject({ status: 307 });
    expect(elsewhere.sockets.size).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    { reply: "endless", limits: { answerBytes: 100_000 }, code: "endless", ids: "[B207]" },
    { reply: "drip", limits: { totalMs: 300 }, code: "too_slow", ids: "[F19 HTTP]" },
    { reply: "hold", limits: { totalMs: 300 }, code: "too_slow", ids: "[F5 HTTP]" },
    { reply: "hold", limits: { firstByteMs: 200 }, code: "too_slow", ids: "" },
    { reply: "cut", limits: {}, code: "line_cut", ids: "" },
    { reply: "cut_body", limits: {}, code: "line_cut", ids: "[F19 HTTP]" },
  ] as const)("$reply with $limits is $code $ids", async ({ reply, limits, code }) => {
    const server = await serve(reply);
    await expect(ask(server.origin, { limits })).rejects.toMatchObject({ name: "HttpFault", code });
  });

  it("a head that does not end is cut off [B207]", async () => {
    const server = await listen((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const more = (): void => {
        while (!socket.destroyed && socket.write(`X-Pad: ${"a".repeat(1000)}\r\n`));
      };
      socket.on("drain", more);
      more();
    });
    closing.push(server);
    await expect(ask(`http://127.0.0.1:${server.port}`)).rejects.toMatchObject({ code: "endless" });
  });

  it.each(["SSH-2.0-OpenSSH_9.9\r\n", "just text, as HTTP 0.9 would send it"])(
    "%j is not HTTP [R47]",
    async (words) => {
      const server = await listen((socket) => void socket.once("data", () => socket.end(words)));
      closing.push(server);
      await expect(ask(`http://127.0.0.1:${server.port}`)).rejects.toMatchObject({ code: "not_http" });
    },
  );

  it("nobody listens", async () => {
    const server = await serve({ status: 200 });
    await server.close();
    await expect(ask(server.origin)).rejects.toMatchObject({ code: "no_connection" });
  });

  it("a name nobody knows", async () => {
    await expect(ask("http://no-such-host.invalid")).rejects.toMatchObject({ code: "host_unknown" });
  });

  it("a stop ends a request at once, with the reason given", async () => {
    const stop = new AbortController();
    const server = await startHttpServer(() => {
      stop.abort(new Error("enough"));
      return "hold";
    });
    closing.push(server);
    await expect(ask(server.origin, {}, stop.signal)).rejects.toThrow("enough");
  });
});

describe("certificates", () => {
  const good = authority.issue({ names: ["localhost"], addresses: ["127.0.0.1"] });

  it("of a known authority, made out to the host", async () => {
    const server = await serve({ status: 200, body: "safe" }, good);
    await expect(ask(server.origin, { authorities: [authority.certificate] })).resolves.toMatchObject({ status: 200 });
  });

  it.each([
    ["an unknown authority", good, [makeAuthority("Another").certificate]],
    ["another host", authority.issue({ names: ["else.example"] }), [authority.certificate]],
    ["last year", authority.issue({ addresses: ["127.0.0.1"], expired: true }), [authority.certificate]],
  ])("of %s are refused before one byte is sent", async (_what, identity, authorities) => {
    const server = await serve({ status: 200 }, identity);
    await expect(ask(server.origin, { authorities })).rejects.toMatchObject({ code: "untrusted" });
    expect(server.requests).toEqual([]);
  });
});
