import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findBinaries } from "./binaries.ts";
import { isReachable } from "./reachable.ts";

/** Somebody who owns nothing here. */
const stranger = { uid: 64_999, gid: 64_999 };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp("/tmp/headgate-binaries-");
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

describe("isReachable", () => {
  it("is not when a folder on the way keeps others out", async () => {
    await mkdir(path.join(folder, "home", "checkout"), { recursive: true });
    const target = path.join(folder, "home", "checkout", "postgres");
    expect(await isReachable(target, stranger)).toBe(true);
    await chmod(path.join(folder, "home"), 0o700);
    expect(await isReachable(target, stranger)).toBe(false);
  });

  it("is for the owner, and for whoever runs things under the own account", async () => {
    const closed = path.join(folder, "closed");
    await mkdir(closed, { mode: 0o700 });
    const { uid, gid } = await stat(closed);
    expect(await isReachable(path.join(closed, "x"), { uid, gid })).toBe(true);
    expect(await isReachable(path.join(closed, "x"), undefined)).toBe(true);
  });
});

describe("findBinaries", () => {
  it("uses the installed programs where they can be reached", async () => {
    const installed = await install(path.join(folder, "native"));
    expect(await findBinaries(stranger, { installed, shared: path.join(folder, "shared") })).toEqual({
      folder: installed,
      copied: false,
    });
  });

  it("copies them once to where they can be reached", async () => {
    const installed = await install(path.join(folder, "closed", "native"));
    await chmod(path.join(folder, "closed"), 0o700);
    const shared = path.join(folder, "shared");
    const found = await Promise.all([1, 2, 3].map(() => findBinaries(stranger, { installed, shared })));
    const [copy] = await readdir(shared);
    expect(await readdir(shared)).toHaveLength(1);
    for (const { folder: place, copied } of found)
      expect({ place, copied }).toEqual({ place: path.join(shared, copy ?? ""), copied: true });
    expect(await readFile(path.join(shared, copy ?? "", "share", "data"), "utf8")).toBe("data");
    expect(await isReachable(path.join(shared, copy ?? "", "bin", "postgres"), stranger)).toBe(true);
  });

  it("makes programs runnable that were unpacked without the right to run", async () => {
    const installed = await install(path.join(folder, "native"), 0o644);
    await findBinaries(stranger, { installed, shared: path.join(folder, "shared") });
    expect((await stat(path.join(installed, "bin", "initdb"))).mode & 0o777).toBe(0o755);
  });
});

async function install(place: string, mode = 0o755): Promise<string> {
  await mkdir(path.join(place, "bin"), { recursive: true });
  await mkdir(path.join(place, "share"));
  await writeFile(path.join(place, "share", "data"), "data");
  for (const program of ["initdb", "pg_ctl", "postgres"])
    await writeFile(path.join(place, "bin", program), "#!", { mode });
  return place;
}
