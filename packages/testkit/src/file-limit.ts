import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { serverAccount } from "@headgate/store/embedded";
import type { TestServer } from "./server.ts";

/**
 * No session that opens from now on can make a file larger than this, as on a disk without room: PostgreSQL says XX000
 * then instead of 53100. More than 16 MB, which its own log files have. Linux only.
 */
export async function limitFiles({ pid }: TestServer, bytes: number | "unlimited"): Promise<void> {
  const account = await serverAccount();
  await promisify(execFile)("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`], { ...account });
}
