import { writeFile } from "node:fs/promises";
import path from "node:path";
import { makeTestFolder, type TestFolder } from "@headgate/testkit";
import { Client } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startCluster, type Cluster } from "./cluster.ts";
import { isPortFree } from "./free-port.ts";

let folder: TestFolder;
const running: Cluster[] = [];
beforeEach(async () => {
  folder = await makeTestFolder();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((cluster) => cluster.stop("immediately")));
  await folder.remove();
});

async function start(port?: number): Promise<Cluster> {
  // PostgreSQL takes the path apart itself in places: a space and a quote must survive.
  const dataDir = path.join(folder.path, "o'brien's data");
  const cluster = await startCluster({ dataDir, password: "p'a\"s s", port, settings: { fsync: "off" } });
  running.push(cluster);
  return cluster;
}

async function ask(cluster: Cluster, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: cluster.url() });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

it("keeps data and port between starts, and asks everybody for the password", async () => {
  const first = await start();
  await ask(first, "create table kept (word text); insert into kept values ('grüße')");
  await first.stop();
  expect(await isPortFree(first.port)).toBe(true);

  const second = await start(first.port);
  expect(second.port).toBe(first.port);
  expect(await ask(second, "select word from kept")).toEqual([{ word: "grüße" }]);
  const guesser = new Client({ host: second.host, port: second.port, user: second.user, password: "postgres" });
  await expect(guesser.connect()).rejects.toMatchObject({ code: "28P01" });
});

it("stops a server that still runs in the folder, losing nothing", async () => {
  const first = await start();
  await ask(first, "create table kept as select 42 as answer");
  const second = await start();
  await first.exited;
  expect(await ask(second, "select answer from kept")).toEqual([{ answer: 42 }]);
});

it("starts over the lock of a server that is gone, whose number a stranger has now", async () => {
  const first = await start();
  await first.stop();
  // Our own process is alive and is no PostgreSQL: what a container finds after a restart.
  await writeFile(path.join(first.dataDir, "postmaster.pid"), `${process.pid}\n${first.dataDir}\n`);
  const second = await start();
  expect(await ask(second, "select 1 as one")).toEqual([{ one: 1 }]);
});

it("takes another port when the wanted one is taken", async () => {
  const first = await start();
  const { port } = first;
  const other = await startCluster({ dataDir: path.join(folder.path, "other"), password: "x", port });
  running.push(other);
  expect(other.port).not.toBe(port);
});

it("says what PostgreSQL said when it cannot start", async () => {
  const dataDir = path.join(folder.path, "data");
  const refused = startCluster({ dataDir, password: "x", settings: { shared_buffers: "nonsense" } });
  await expect(refused).rejects.toThrow(/could not be started.*shared_buffers/s);
});
