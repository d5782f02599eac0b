import { stat } from "node:fs/promises";
import path from "node:path";
import type { Account } from "./account.ts";

/**
 * Whether the account can walk down to this path (which need not exist yet): every existing folder on the way lets it
 * enter. A checkout under a container's /root, mode 0700, is the usual place where it cannot.
 */
export async function isReachable(target: string, account: Account | undefined): Promise<boolean> {
  if (!account) return true;
  const absolute = path.resolve(target);
  const { root } = path.parse(absolute);
  const names = absolute.slice(root.length).split(path.sep);
  let folder = root;
  for (const name of names) {
    const status = await stat(folder).catch(() => undefined);
    if (!status) return true;
    const bit = status.uid === account.uid ? 0o100 : status.gid === account.gid ? 0o010 : 0o001;
    if ((status.mode & bit) === 0) return false;
    folder = path.join(folder, name);
  }
  return true;
}
