import { createHash } from "node:crypto";
import { chmod, mkdir, rename, stat } from "node:fs/promises";
import path from "node:path";
import { isReachable, serverAccount, type Account } from "@headgate/store/embedded";

export type Folders = {
  /** Key, ports and logs. */
  readonly data: string;
  /** The data directories of our PostgreSQL servers: inside `data`, unless the account running them cannot get there. */
  readonly clusters: string;
  readonly account: Account | undefined;
};

const reachableParent = "/var/lib/headgate";

/** Makes the folders everything is kept in. */
export async function prepareFolders(dataDir: string): Promise<Folders> {
  const data = path.resolve(dataDir);
  const inside = path.join(data, "postgresql");
  const account = await accountFor(inside);
  await mkdir(data, { recursive: true, mode: 0o700 }).catch((error: unknown) => refuse(data, error));
  // The account must pass through root's folder; what is secret inside is readable for its owner only.
  if (account && (await stat(data)).uid === 0) await chmod(data, 0o711);
  const clusters = (await isReachable(path.join(inside, "x"), account)) ? inside : outside(data);
  await mkdir(clusters, { recursive: true, mode: 0o755 }).catch((error: unknown) => refuse(clusters, error));
  return { data, clusters, account };
}

/** The same place for the same data folder at every start. */
function outside(data: string): string {
  return path.join(reachableParent, createHash("sha256").update(data).digest("hex").slice(0, 12));
}

/**
 * Before a first start: databases that lie outside the data folder have outlived it (a clone that was deleted and made
 * again, say), and nobody knows their passwords any more. They are moved aside, not deleted. Returns where to.
 */
export async function setOrphansAside({ data, clusters }: Folders, now = new Date()): Promise<string | undefined> {
  if (clusters.startsWith(data + path.sep)) return undefined;
  if (
    !(await stat(path.join(clusters, "store")).catch(() =>
      stat(path.join(clusters, "practice")).catch(() => undefined),
    ))
  )
    return undefined;
  const aside = `${clusters}-${now.toISOString().replaceAll(/[:.]/g, "-")}`;
  await rename(clusters, aside);
  await mkdir(clusters, { mode: 0o755 });
  return aside;
}

/** Whoever ran the servers of this folder before goes on running them: their files belong to that account. */
async function accountFor(clusters: string): Promise<Account | undefined> {
  const account = await serverAccount();
  if (!account) return undefined;
  const existing = await stat(path.join(clusters, "store")).catch(() => undefined);
  return existing && existing.uid !== 0 ? { uid: existing.uid, gid: existing.gid } : account;
}

function refuse(folder: string, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(`The folder ${folder} cannot be used: ${reason}. Name another one in HEADGATE_DATA_DIR.`);
}
