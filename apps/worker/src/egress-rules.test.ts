import { createEgressGate } from "@headgate/connectors";
import { parseSettings, type Settings } from "@headgate/core";
import { expect, test } from "vitest";
import { egressRules } from "./egress-rules.ts";

const settings = (host: string): Settings => {
  const verdict = parseSettings({ HEADGATE_HOST: host, HEADGATE_PORT: "4000" });
  if (!verdict.ok) throw new Error("The settings are wrong.");
  return verdict.settings;
};
const practice = [{ host: "127.0.0.1", port: 6001 }];

/** "allowed", or why not. */
async function ask(listening: string, host: string, port: number): Promise<string> {
  const gate = createEgressGate(egressRules(settings(listening), "postgres://u:p@127.0.0.1:5999/store", practice));
  return gate.resolve({ host, port }, AbortSignal.timeout(5_000)).then(
    () => "allowed",
    (error: unknown) => (error instanceof Error ? error.name : "refused"),
  );
}

test("loopback is allowed only while nobody else can reach Headgate [R43]", async () => {
  expect(await ask("127.0.0.1", "127.0.0.1", 5432)).toBe("allowed");
  expect(await ask("0.0.0.0", "127.0.0.1", 5432)).toBe("EgressRefusal");
});

test("the sample data can be reached wherever Headgate listens, and nothing beside it", async () => {
  expect(await ask("0.0.0.0", "127.0.0.1", 6001)).toBe("allowed");
  expect(await ask("0.0.0.0", "127.0.0.1", 6002)).toBe("EgressRefusal");
  expect(await ask("0.0.0.0", "127.0.0.2", 6001)).toBe("EgressRefusal");
});

test.each(["127.0.0.1", "::ffff:127.0.0.1", "127.0.0.2"])(
  "our own store and web server are refused under every name: %s [R42]",
  async (host) => {
    expect(await ask("127.0.0.1", host, 5999)).toBe("EgressRefusal");
    expect(await ask("0.0.0.0", host, 4000)).toBe("EgressRefusal");
  },
);
