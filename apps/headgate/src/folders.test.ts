import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeTestFolder, type TestFolder } from "@headgate/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { prepareFolders, setOrphansAside } from "./folders.ts";

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeTestFolder();
});
afterEach(() => folder.remove());

it("keeps everything in the data folder, which nobody else can look into", async () => {
  const data = path.join(folder.path, "data");
  const folders = await prepareFolders(data);
  expect(folders.clusters).toBe(path.join(data, "postgresql"));
  expect((await stat(data)).mode & 0o066).toBe(0);
});

it("says which folder cannot be used", async () => {
  const file = path.join(folder.path, "file");
  await writeFile(file, "");
  await expect(prepareFolders(path.join(file, "data"))).rejects.toThrow(/file\/data cannot be used.*HEADGATE_DATA_DIR/);
});

it("moves databases aside that have outlived their data folder", async () => {
  const clusters = path.join(folder.path, "elsewhere");
  const folders = { data: path.join(folder.path, "data"), clusters, account: undefined };
  expect(await setOrphansAside(folders)).toBeUndefined();
  await mkdir(path.join(clusters, "store"), { recursive: true });
  const aside = await setOrphansAside(folders, new Date("2026-11-21T10:00:00Z"));
  expect(aside).toBe(`${clusters}-2026-11-21T10-00-00-000Z`);
  expect(await readdir(clusters)).toEqual([]);
  expect(await readdir(aside ?? "")).toEqual(["store"]);
});
