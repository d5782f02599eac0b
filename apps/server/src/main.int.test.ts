import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createMasterKey, migrate } from "@headgate/store";
import { createDatabase, freePort } from "@headgate/testkit";
import { afterEach, expect, test } from "vitest";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

type Started = {
  readonly child: ChildProcess;
  readonly words: () => string;
  readonly said: (text: string) => Promise<string>;
};

/** The web process as the launcher starts it. */
function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "main.ts")], {
    env: { PATH: process.env["PATH"] ?? "", HEADGATE_LOG_LEVEL: "info", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let words = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      words += text;
      for (const look of waiting) look();
    });
  const said = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const line = words.split("\n").find((one) => one.includes(text));
        if (line !== undefined) resolve(line);
      };
      waiting.add(look);
      child.once("exit", () => reject(new Error(words)));
      look();
    });
  return { child, words: () => words, said };
}

async function settings(): Promise<Record<string, string>> {
  const { url } = await createDatabase();
  await migrate(url);
  return { DATABASE_URL: url, HEADGATE_MASTER_KEY: createMasterKey(), HEADGATE_PORT: String(await freePort()) };
}

test("the process answers, finishes what is under way on SIGTERM, and exits with 0", async () => {
  const env = await settings();
  const { child, said } = start(env);
  await said("Listening.");
  const answer = await fetch(`http://127.0.0.1:${env["HEADGATE_PORT"]}/healthz`);
  expect(await answer.json()).toMatchObject({ status: "alive" });
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("wrong settings stop the start with a readable list and no secret", async () => {
  const { child, words } = start({ HEADGATE_PORT: "99999", HEADGATE_MASTER_KEY: "canary", HEADGATE_PROT: "1" });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(words()).toContain("HEADGATE_PORT must be a port between 1 and 65535");
  expect(words()).toContain("HEADGATE_PROT is not a setting");
  expect(words()).not.toMatch(/canary| at .*:\d+:\d+/);
});

test("the process does not start with a key that cannot read what is stored [R21]", async () => {
  const env = await settings();
  const { child, words } = start({ ...env, HEADGATE_MASTER_KEY: Buffer.alloc(16).toString("base64") });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(words()).toContain("HEADGATE_MASTER_KEY must be 32 random bytes");
});

test("the process does not start where its memory would be written to a file [R35]", async () => {
  const { child, words } = start({ ...(await settings()), NODE_OPTIONS: "--heapsnapshot-signal=SIGUSR2" });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(words()).toMatch(/^Node was told --heapsnapshot-signal, .* NODE_OPTIONS .*\n$/);
});

test("a port that is taken is said in one line", async () => {
  const env = await settings();
  const first = start(env);
  await first.said("Listening.");
  const second = start(env);
  expect(await once(second.child, "exit")).toEqual([1, null]);
  expect(second.words()).toContain("EADDRINUSE");
});
