import { randomBytes } from "node:crypto";
import { rename, statfs, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { FilesSettings } from "@headgate/contract";
import { WriterFault } from "../batch-writer.ts";
import { fileFault } from "../files/file-fault.ts";
import { findDirectory } from "../files/folder-place.ts";
import type { StageClock } from "../postgres/stage-clock.ts";
import type { ReceiverFindings } from "./check-receiver.ts";
import { ReceiverRefusal, type ReceiverContext } from "./receiver-context.ts";

type FolderSettings = Extract<FilesSettings, { place: "folder" }>;

const usualLeastFreeBytes = 100 * 1024 * 1024;

const codes = {
  file_place_missing: "folder_missing",
  file_forbidden: "folder_forbidden",
  disk_full: "folder_full",
} as const;

/** The folder is inside the administrator's, a file can be written and renamed there, and there is room for more. */
export async function checkFolder(
  { folder }: FolderSettings,
  { filesDir, leastFreeBytes = usualLeastFreeBytes }: ReceiverContext,
  { onStage }: StageClock,
): Promise<ReceiverFindings> {
  onStage("folder", "running");
  if (filesDir === undefined) throw new ReceiverRefusal("folder", "folder_not_set");
  const guarded = async <T>(stage: "folder" | "write" | "space", work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const { code, facts } = fileFault(error, folder);
      throw new ReceiverRefusal(stage, codes[code as keyof typeof codes] ?? "folder_failed", facts, error);
    }
  };
  const directory = await guarded("folder", () => findDirectory(filesDir, folder));
  onStage("folder", "passed");

  onStage("write", "running");
  await guarded("write", async () => {
    const probe = path.join(directory, `.headgate-test-${randomBytes(6).toString("hex")}`);
    await writeFile(probe, "test", { flag: "wx", mode: 0o640 });
    try {
      await rename(probe, `${probe}.renamed`);
    } finally {
      await unlink(`${probe}.renamed`).catch(() => unlink(probe));
    }
  });
  onStage("write", "passed");

  onStage("space", "running");
  await guarded("space", async () => {
    const { bavail, bsize } = await statfs(directory);
    if (bavail * bsize < leastFreeBytes) throw new WriterFault("disk_full", "settings", { folder });
    onStage("space", "passed", `${Math.floor((bavail * bsize) / 1024 ** 3).toLocaleString("en-US")} GB free`);
  });
  return {};
}
