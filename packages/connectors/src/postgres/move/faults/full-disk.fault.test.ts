import { execFileSync, spawnSync } from "node:child_process";
import { limitFiles, makeTestFolder } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { modes, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

const full = { failure: { origin: "destination", code: "disk_full", kind: "temporary", retryable: true } };

/** 50 rows that change and 50 that are new, each of 400 KB that no compression makes less. */
const large = (table: string): string => `
  with words as (select string_agg(md5(random()::text), '') as text from generate_series(1, 12500))
  update ${table} set body = body || text from words where id <= 50;
  insert into ${table} select 3000000 + id, body, n from ${table} where id <= 50`;

/** Mounts a disk of 8 MB, which only root can, and not everywhere; elsewhere the limit of a file's size has to do. */
function mountSmallDisk(place: string): boolean {
  const args = ["-t", "tmpfs", "-o", "size=8m,mode=0777", "headgate-small-disk", place];
  return process.getuid?.() === 0 && spawnSync("mount", args, { stdio: "ignore" }).status === 0;
}

/** Looked at before there are tests: their list, too, is made by loading this file, and must leave nothing behind. */
async function canMount(): Promise<boolean> {
  const folder = await makeTestFolder();
  const mounted = mountSmallDisk(folder.path);
  if (mounted) execFileSync("umount", [folder.path]);
  await folder.remove();
  return mounted;
}

describe.each(modes)("$mode ($read)", (combination) => {
  const { mode } = combination;

  it(`meets a file that may not grow: nothing of it stays, it is told, and it ends well once there is room [F7 ${mode}]`, async () => {
    const flow = await lane.flow(combination, { more: large });
    // What is large already must not be written any more.
    await lane.query("checkpoint");
    await limitFiles(lane.server, 17 * 1024 * 1024);
    onTestFinished(() => limitFiles(lane.server, "unlimited"));
    await expect(flow.run()).rejects.toMatchObject(full);
    await limitFiles(lane.server, "unlimited");
    await flow.expectContent("before");
    await lane.expectNothingLeft();
    await flow.expectConverges();
  });
});

describe.runIf(await canMount()).each(modes)("$mode ($read)", (combination) => {
  const { mode } = combination;
  let disk: string;

  beforeAll(async () => {
    const folder = await makeTestFolder();
    disk = folder.path;
    mountSmallDisk(disk);
    return async () => {
      execFileSync("umount", ["--lazy", disk]);
      await folder.remove();
    };
  });

  it(`meets a full disk: nothing of it stays, it is told, and it ends well once there is room [F7 ${mode}]`, async () => {
    const flow = await lane.flow(combination, { more: large });
    const space = `small_${flow.table}`;
    execFileSync("install", ["-d", "-o", "postgres", "-m", "700", `${disk}/${space}`]);
    await lane.query(`create tablespace ${space} location '${disk}/${space}'`);
    await lane.query(`alter table dst.${flow.table} set tablespace ${space}`);
    await expect(flow.run()).rejects.toMatchObject(full);
    await flow.expectContent("before");
    await lane.expectNothingLeft();
    await lane.query(`alter table dst.${flow.table} set tablespace pg_default`);
    await lane.query(`drop tablespace ${space}`);
    await flow.expectConverges();
  });
});
