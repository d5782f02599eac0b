import { access, writeFile } from "node:fs/promises";
import path from "node:path";
import { createMasterKey } from "@headgate/store";

/** The key file of embedded mode: made once, readable for its owner only, never made anew where there is data. */
export async function ensureMasterKey(dataFolder: string, isFirstStart: boolean): Promise<string> {
  const file = path.join(dataFolder, "master.key");
  if (!isFirstStart) {
    await access(file).catch(() => {
      throw new Error(
        `The master key ${file} is missing, and without it the stored passwords cannot be read. ` +
          "Put it back from a backup, or move the data folder away to begin anew.",
      );
    });
    return file;
  }
  await writeFile(file, `${createMasterKey()}\n`, { mode: 0o600, flag: "wx" }).catch((error: unknown) => {
    // A first start that was cut short has left one, and may have used it.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
  return file;
}
