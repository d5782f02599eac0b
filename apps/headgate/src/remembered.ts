import { randomBytes } from "node:crypto";
import { chown, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const clusterSchema = z.object({ password: z.string(), port: z.int().optional() });

const rememberedSchema = z.object({
  store: clusterSchema.extend({ ownerPassword: z.string() }),
  practice: clusterSchema.extend({ readerPassword: z.string(), writerPassword: z.string() }),
});

/** What one start tells the next: the passwords of our PostgreSQL servers and the ports they had. */
export type Remembered = z.infer<typeof rememberedSchema>;

/** Reads it; undefined on the first start. */
export async function recall(folder: string): Promise<Remembered | undefined> {
  const file = fileIn(folder);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return rememberedSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${file} is damaged: it holds the passwords of Headgate's own databases. Restore it from a backup.`,
      {
        cause: error,
      },
    );
  }
}

/** What a first start remembers. */
export function newServers(): Remembered {
  return {
    store: { password: newPassword(), ownerPassword: newPassword() },
    practice: { password: newPassword(), readerPassword: newPassword(), writerPassword: newPassword() },
  };
}

/** Whole or not at all: written beside and renamed. It goes to the folder's owner, whom root may be standing in for. */
export async function remember(folder: string, remembered: Remembered): Promise<void> {
  const text = `${JSON.stringify(rememberedSchema.parse(remembered), null, 2)}\n`;
  const file = fileIn(folder);
  if ((await readFile(file, "utf8").catch(() => "")) === text) return;
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  const { uid, gid } = await stat(folder);
  if (process.getuid?.() === 0) await chown(`${file}.new`, uid, gid);
  await rename(`${file}.new`, file);
}

function fileIn(folder: string): string {
  return path.join(folder, "servers.json");
}

function newPassword(): string {
  return randomBytes(24).toString("base64url");
}
