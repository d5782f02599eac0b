import { createServer } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort, isPortFree } from "./free-port.ts";

const taken = createServer();
let port: number;
beforeEach(async () => {
  port = await freePort();
  await new Promise<void>((resolve) => taken.listen(port, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => taken.close(resolve)));

test("a port that somebody listens on is not free, and another one is found", async () => {
  expect(await isPortFree(port)).toBe(false);
  const other = await freePort(port);
  expect(other).not.toBe(port);
  expect(await isPortFree(other)).toBe(true);
  expect(await freePort(other)).toBe(other);
});

test("what is found is out of the reach of outgoing connections, which begin at 32768", async () => {
  const found = await Promise.all(Array.from({ length: 50 }, () => freePort()));
  expect(Math.max(...found)).toBeLessThan(32_768);
  expect(Math.min(...found)).toBeGreaterThan(1_023);
});

test("an address of nobody's has no free port", async () => {
  await expect(freePort(0, "203.0.113.1")).rejects.toThrow("no free port there");
});
