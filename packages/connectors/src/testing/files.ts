import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

export type Folder = { readonly path: string; remove(): Promise<void> };

/** A fresh folder of this test's own. */
export async function makeFolder(): Promise<Folder> {
  const made = await mkdtemp(path.join(os.tmpdir(), "headgate-files-"));
  return { path: made, remove: () => rm(made, { recursive: true, force: true }) };
}

/** Every file below a folder, hidden ones too, sorted. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
