import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { PostgresTarget } from "@headgate/core";

const run = promisify(execFile);

/** Whether this machine has psql, the yardstick for what libpq does. */
export async function hasPsql(): Promise<boolean> {
  return run("psql", ["--version"]).then(
    () => true,
    () => false,
  );
}

/** How psql comes out with the same mode and files: `plain`, `encrypted` or `refused`. */
export async function psqlOutcome(target: PostgresTarget): Promise<"plain" | "encrypted" | "refused"> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "headgate-psql-"));
  const file = (name: string, text: string | undefined): string => {
    const place = path.join(folder, name);
    if (text) writeFileSync(place, text, { mode: 0o600 });
    return place;
  };
  const { host, port, user, database, tlsMode, password = "" } = target;
  const words = {
    host,
    port,
    user,
    dbname: database,
    sslmode: tlsMode,
    sslrootcert: file("root.crt", target.caCertificate),
    sslcert: file("client.crt", target.clientCertificate),
    sslkey: file("client.key", target.clientKey),
    gssencmode: "disable",
  };
  const line = Object.entries(words).map(([name, value]) => `${name}='${value}'`);
  const question = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";
  try {
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, PGPASSWORD: password };
    const { stdout } = await run("psql", ["-XAtw", line.join(" "), "-c", question], { env });
    return stdout.trim() === "t" ? "encrypted" : "plain";
  } catch {
    return "refused";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
