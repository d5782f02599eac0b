import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "headgate-web-"));
  await mkdir(path.join(folder, "assets"));
  await writeFile(
    path.join(folder, "index.html"),
    `<script nonce="__CSP_NONCE__"></script><style nonce="__CSP_NONCE__"></style>`,
  );
  await writeFile(path.join(folder, "assets", "app-1a2b3c.js"), "export {};\n".repeat(500));
  await writeFile(path.join(folder, "logo.svg"), "<svg/>");
  await writeFile(path.join(folder, ".secret"), "no");
  server = await startTestServer({ webFolder: folder });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

function policyOf(headers: Headers): Map<string, string> {
  const text = headers.get("content-security-policy") ?? "";
  return new Map(text.split(";").map((part) => part.trim().split(/ (.*)/s, 2) as [string, string]));
}

test("the page may run only its own scripts and styles, and nobody may frame it [R14]", async () => {
  const page = await server.ask("get", "/flows/anything", { as: "nobody", headers: { accept: "text/html" } });
  expect(page.status).toBe(200);
  const policy = policyOf(page.headers);
  const nonce = /nonce="([^"]+)"/.exec(page.text)?.[1] ?? "";
  expect(Buffer.from(nonce, "base64").length).toBeGreaterThanOrEqual(16);
  expect(policy.get("default-src")).toBe("'none'");
  expect(policy.get("script-src")).toBe(`'self' 'nonce-${nonce}'`);
  expect(policy.get("style-src")).toBe(`'self' 'nonce-${nonce}'`);
  expect(policy.get("connect-src")).toBe("'self'");
  expect(policy.get("frame-ancestors")).toBe("'none'");
  expect(policy.get("base-uri")).toBe("'none'");
  expect(page.headers.get("content-security-policy")).not.toMatch(/unsafe|\*|upgrade-insecure/);
  expect(page.text).not.toContain("__CSP_NONCE__");
});

test("every page has a nonce of its own and is not kept [R14]", async () => {
  const [one, other] = await Promise.all([server.ask("get", "/"), server.ask("get", "/")]);
  expect(one.text).not.toBe(other.text);
  expect(one.headers.get("cache-control")).toBe("no-store");
});

test.each(["/", "/healthz", "/api/session", "/api/nothing", "/assets/app-1a2b3c.js", "/api/reference"])(
  "the protecting headers are on %s [R14]",
  async (address) => {
    const { headers } = await server.ask("get", address, { as: "nobody" });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-powered-by")).toBeNull();
  },
);

test("answers of the API are never kept, refusals included [R14]", async () => {
  for (const address of ["/api/session", "/api/connections", "/api/flows", "/healthz"])
    expect((await server.ask("get", address)).headers.get("cache-control")).toBe("no-store");
  expect((await server.ask("get", "/api/session", { as: "nobody" })).headers.get("cache-control")).toBe("no-store");
});

test("files with a hash in their name are kept for a year and sent compressed", async () => {
  const { headers, status } = await server.ask("get", "/assets/app-1a2b3c.js");
  expect(status).toBe(200);
  expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(headers.get("content-encoding")).toMatch(/gzip|br/);
});

test("a file that is not there is said to be missing, and hidden files stay hidden", async () => {
  for (const address of ["/assets/gone-1.js", "/missing.png", "/.secret", "/../package.json", "/%2e%2e/package.json"])
    expect((await server.ask("get", address)).problem().status).toBe(404);
  expect((await server.ask("get", "/logo.svg")).status).toBe(200);
});

test("the reference page runs under the same policy and names every request", async () => {
  const page = await server.ask("get", "/api/reference", { as: "nobody" });
  const nonce = /'nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "")?.[1];
  expect(page.text).toContain(`<style nonce="${nonce?.replaceAll("=", "=")}"`);
  expect(page.text).not.toMatch(/<script|style="/);
  expect(page.text).toContain("POST /api/drafts/:draftId/publish");
});
