import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isReachable, serverAccount } from "@headgate/store/embedded";

export type TestFolder = { readonly path: string; remove(): Promise<void> };

/** A fresh folder that the account running PostgreSQL can enter, also when TMPDIR lies in root's home. */
export async function makeTestFolder(): Promise<TestFolder> {
  const account = await serverAccount();
  for (const parent of [os.tmpdir(), "/var/tmp", "/tmp"]) {
    if (!(await isReachable(path.join(parent, "x"), account))) continue;
    const folder = await mkdtemp(path.join(parent, "headgate-test-"));
    await chmod(folder, 0o711);
    return { path: folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
  }
  throw new Error("There is no folder for temporary files that the account running PostgreSQL can enter.");
}
