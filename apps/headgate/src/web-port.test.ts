import { listen, type Listener } from "@headgate/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { chooseWebPort } from "./web-port.ts";

let other: Listener;
beforeEach(async () => {
  other = await listen((socket) => socket.end());
});
afterEach(() => other.close());

it("gives way to the next free port when the usual one is taken, and says so", async () => {
  const { port, note } = await chooseWebPort("127.0.0.1", other.port, false);
  expect(port).toBeGreaterThan(other.port);
  expect(note).toBe(`Port ${other.port} is taken by another program, so this is port ${port}.`);
});

it("refuses a taken port that was asked for, and names the next free one", async () => {
  await expect(chooseWebPort("127.0.0.1", other.port, true)).rejects.toThrow(
    /^Port \d+ is taken by another program\. .* start with HEADGATE_PORT=\d+\.$/,
  );
});

it("says what to check when the address is not this machine's", async () => {
  await expect(chooseWebPort("192.0.2.1", 4000, false)).rejects.toThrow(/HEADGATE_HOST/);
});
