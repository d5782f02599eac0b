import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The operating-system account a PostgreSQL server runs as. */
export type Account = { readonly uid: number; readonly gid: number };

const accountName = "postgres";

/**
 * PostgreSQL refuses to run as root. Undefined means: run as whoever we are; otherwise the account `postgres`,
 * made when this machine has none.
 */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await lookUp();
  if (known) return known;
  await addAccount();
  const added = await lookUp();
  if (!added) throw new Error(`The account "${accountName}" was made, but this machine does not list it.`);
  return added;
}

async function lookUp(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", accountName]), run("id", ["-g", accountName])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** `useradd` is everywhere but on Alpine, which has BusyBox's `adduser`. */
async function addAccount(): Promise<void> {
  const attempts = [
    ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", accountName],
    ["adduser", "-S", "-D", "-H", accountName],
  ] as const;
  const refusals: string[] = [];
  for (const [program, ...args] of attempts) {
    try {
      await run(program, args);
      return;
    } catch (error) {
      // Another process may have made it in the meantime.
      if (await lookUp()) return;
      refusals.push(error instanceof Error ? error.message.trim() : String(error));
    }
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and the account "${accountName}" it could run as cannot be made here ` +
      `(${refusals.join("; ")}). Make it by hand, or start Headgate as an ordinary user.`,
  );
}
