import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeTestFolder, type TestFolder } from "@headgate/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockFolder } from "./lock.ts";

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeTestFolder();
});
afterEach(() => folder.remove());

it("lets one launcher at a time use a data folder", async () => {
  const lock = await lockFolder(folder.path);
  await expect(lockFolder(folder.path)).rejects.toThrow(
    `Headgate already runs with the data in ${folder.path} (process ${process.pid})`,
  );
  await lock.release();
  await (await lockFolder(folder.path)).release();
});

it("takes over the lock of a process that is gone, or whose number another process has now", async () => {
  const file = path.join(folder.path, "headgate.pid");
  for (const stale of ["4194304 77\n", `${process.pid} 1\n`, "", "nonsense"]) {
    await writeFile(file, stale);
    const lock = await lockFolder(folder.path);
    expect(await readFile(file, "utf8")).toMatch(new RegExp(`^${process.pid} `));
    await lock.release();
  }
});
