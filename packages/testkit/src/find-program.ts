import { access } from "node:fs/promises";
import path from "node:path";

/** Where a program of this machine lies, or undefined when it has none of that name. */
export async function findProgram(name: string): Promise<string | undefined> {
  // Sbin is missing from the path of ordinary users.
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/sbin", "/usr/local/sbin"];
  for (const folder of folders) {
    const file = path.join(folder, name);
    const found = await access(file).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}
