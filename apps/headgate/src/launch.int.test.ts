import { randomBytes } from "node:crypto";
import { readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import {
  createDatabase,
  descendantsOf,
  listen,
  makeTestFolder,
  startProduct,
  untilGone,
  type Product,
  type TestFolder,
} from "@headgate/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const launcher = path.join(import.meta.dirname, "main.ts");
const masterKey = randomBytes(32).toString("base64");

let folder: TestFolder;
let dataDir: string;
const started: Product[] = [];

beforeEach(async () => {
  folder = await makeTestFolder();
  // With a space, as in many people's home folders.
  dataDir = path.join(folder.path, "my data");
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((product) => product.dispose()));
  await folder.remove();
});

async function start(env: Record<string, string | undefined> = {}): Promise<Product> {
  const product = await startProduct({ launcher, dataDir, env });
  started.push(product);
  return product;
}

/** Stops it as Ctrl-C does and makes sure that nothing of it is left. */
async function stop(product: Product, signal: NodeJS.Signals = "SIGINT"): Promise<void> {
  const family = descendantsOf(product.pid);
  expect(family.length).toBeGreaterThan(3);
  product.kill(signal);
  await expect(product.ended).resolves.toEqual({ code: 0, signal: null });
  await untilGone(family);
}

describe("a start", () => {
  it("gets everything ready, shows a set-up link, and stops on Ctrl-C leaving no process", async () => {
    const product = await start();
    const { url, setupLink } = await product.ready;
    const readiness = await fetch(`${url}/readyz`);
    expect(await readiness.json()).toMatchObject({ ready: true });
    expect(setupLink).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup#[\w-]{22,}$/);
    await stop(product);
  });

  it("shows the one-time link until somebody has an account, and no other way in [R1]", async () => {
    const first = await start();
    const { setupLink } = await first.ready;
    const token = setupLink?.split("#")[1] ?? "";
    expect(Buffer.from(token, "base64url").length).toBeGreaterThanOrEqual(16);
    await stop(first);

    const second = await start();
    const again = await second.ready;
    expect(again.setupLink).toBeDefined();
    expect(again.setupLink).not.toContain(token);
    expect(await setUp(again.url, token)).toBe(403);
    expect(await setUp(again.url, again.setupLink?.split("#")[1] ?? "")).toBe(200);
    await stop(second);

    const third = await start();
    expect((await third.ready).setupLink).toBeUndefined();
    expect(third.output()).not.toContain("/setup");
  });

  it("keeps the ports of its databases and its secrets for the next start", async () => {
    const first = await start();
    await first.ready;
    const [servers, key] = await remembered();
    await stop(first, "SIGTERM");
    const second = await start();
    await second.ready;
    expect(await remembered()).toEqual([servers, key]);
    for (const name of ["servers.json", "master.key", "practice.json"])
      expect((await stat(path.join(dataDir, name))).mode & 0o777).toBe(0o600);
  });

  it("can be stopped in the middle", async () => {
    const product = await start();
    const store = path.join(dataDir, "postgresql", "store.new");
    await expect.poll(() => stat(store).catch(() => undefined), { interval: 10 }).toBeDefined();
    const family = descendantsOf(product.pid);
    product.kill("SIGINT");
    await expect(product.ended).resolves.toEqual({ code: 0, signal: null });
    expect(product.output()).not.toContain("is ready");
    await untilGone(family);
  });
});

describe("after kill -9 of the launcher", () => {
  it("no process is left, and the next start has the data", async () => {
    const first = await start();
    const { url, setupLink } = await first.ready;
    expect(await setUp(url, setupLink?.split("#")[1] ?? "")).toBe(200);
    const family = descendantsOf(first.pid);
    first.kill("SIGKILL");
    await first.ended;

    const second = await start();
    expect((await second.ready).setupLink).toBeUndefined();
    await untilGone(family);
  });
});

describe("a program that dies", () => {
  it("is started again, and the terminal says so", async () => {
    const product = await start();
    const { url } = await product.ready;
    const worker = await findProgram(product.pid, "apps/worker");
    process.kill(worker, "SIGKILL");
    await expect.poll(product.output).toContain("The worker ended unexpectedly (SIGKILL)");
    await expect.poll(() => findProgram(product.pid, "apps/worker")).not.toBe(worker);
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(200);
  });
});

describe("a start that cannot be", () => {
  it("lists every wrong setting", async () => {
    const product = await start({ HEADGATE_PORT: "eighty", HEADGATE_LOG_LEVEL: "loud", HEADGATE_PROT: "1" });
    await expect(product.ended).resolves.toMatchObject({ code: 1 });
    for (const name of ["HEADGATE_PORT must be a port", "HEADGATE_LOG_LEVEL must be one of", "HEADGATE_PROT is not"])
      expect(product.output()).toContain(name);
  });

  it("refuses a taken port that was asked for, and starts nothing", async () => {
    const other = await listen((socket) => socket.end());
    const product = await start({ HEADGATE_PORT: String(other.port) });
    await expect(product.ended).resolves.toMatchObject({ code: 1 });
    expect(product.output()).toMatch(/Port \d+ is taken by another program.*HEADGATE_PORT=\d+/);
    await other.close();
  });

  it("refuses the data folder of one that runs", async () => {
    const first = await start();
    await first.ready;
    const second = await start();
    await expect(second.ended).resolves.toMatchObject({ code: 1 });
    expect(second.output()).toContain(`Headgate already runs with the data in ${dataDir} (process ${first.pid})`);
  });

  it("refuses to make a new master key for a store that has one already [R21]", async () => {
    const first = await start();
    const { url, setupLink } = await first.ready;
    expect(await setUp(url, setupLink?.split("#")[1] ?? "")).toBe(200);
    await stop(first);
    await rename(path.join(dataDir, "master.key"), path.join(dataDir, "moved.key"));
    const second = await start();
    await expect(second.ended).resolves.toMatchObject({ code: 1 });
    expect(second.output()).toContain("The master key");
    await expect(stat(path.join(dataDir, "master.key"))).rejects.toThrow("ENOENT");
  });
});

describe("with a DATABASE_URL", () => {
  it("uses that database, and starts a server for the sample data only", async () => {
    const database = await createDatabase();
    const product = await start({ DATABASE_URL: database.url, HEADGATE_MASTER_KEY: masterKey });
    await product.ready;
    expect((await database.query("select from users")).rowCount).toBe(0);
    await expect(stat(path.join(dataDir, "postgresql", "practice"))).resolves.toBeDefined();
    await expect(stat(path.join(dataDir, "postgresql", "store"))).rejects.toThrow("ENOENT");
    await stop(product);
  });

  it("refuses to start without a master key, and says how to make one [R21]", async () => {
    const database = await createDatabase();
    const product = await start({ DATABASE_URL: database.url });
    await expect(product.ended).resolves.toMatchObject({ code: 1 });
    expect(product.output()).toContain("openssl rand -base64 32");
    expect(product.output()).not.toContain(database.password);
  });
});

async function setUp(url: string, token: string): Promise<number> {
  const { status } = await fetch(`${url}/api/setup`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-headgate": "1", origin: url },
    body: JSON.stringify({
      token,
      name: "Ada Lovelace",
      email: "ada@example.com",
      password: randomBytes(12).toString("hex"),
      timeZone: "Europe/London",
    }),
  });
  return status;
}

function remembered(): Promise<string[]> {
  return Promise.all(["servers.json", "master.key"].map((name) => readFile(path.join(dataDir, name), "utf8")));
}

async function findProgram(launcherPid: number, part: string): Promise<number> {
  for (const pid of descendantsOf(launcherPid)) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes(part)) return pid;
  }
  return 0;
}
