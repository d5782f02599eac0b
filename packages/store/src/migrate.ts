import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { runner } from "node-pg-migrate";
import { openPool, type Queryable } from "./db.ts";
import { installQueue } from "./queue.ts";

const migrationsTable = "migrations";

/**
 * Brings the store's database up to the newest schema. Processes that start together wait for each other.
 * @throws when the database was migrated by a newer Headgate, or cannot be reached.
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder()): Promise<void> {
  const pool = openPool(databaseUrl, 2, "headgate-migrate");
  try {
    const { unknown } = await migrationState(pool, folder);
    if (unknown.length > 0) throw newerStore(unknown);
    await runMigrations(databaseUrl, folder);
    await installQueue(pool);
  } finally {
    await pool.end();
  }
}

/** The refusal to touch a database that only a newer version understands. */
export function newerStore(unknown: readonly string[]): Error {
  return new Error(
    `The store's database was changed by a newer Headgate (${unknown.join(", ")}). Start that version, or restore a backup.`,
  );
}

async function runMigrations(databaseUrl: string, folder: string): Promise<void> {
  const quiet = () => {};
  try {
    await runner({
      databaseUrl,
      dir: folder,
      migrationsTable,
      direction: "up",
      advisoryLockMode: "wait",
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The store's database could not be brought up to date: ${reason}`, { cause: error });
  }
}

/** Whether every migration this version knows was applied, and none that it does not know. */
export async function migrationState(
  db: Queryable,
  folder = migrationsFolder(),
): Promise<{ current: boolean; missing: string[]; unknown: string[] }> {
  const known = migrationNames(folder);
  const table = await db.query<{ found: boolean }>("select to_regclass($1) is not null as found", [migrationsTable]);
  if (!table.rows[0]?.found) return { current: false, missing: known, unknown: [] };
  const { rows } = await db.query<{ name: string }>(`select name from ${migrationsTable} order by id`);
  const applied = new Set(rows.map((row) => row.name));
  const missing = known.filter((name) => !applied.has(name));
  const unknown = [...applied].filter((name) => !known.includes(name));
  return { current: missing.length === 0 && unknown.length === 0, missing, unknown };
}

function migrationNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .map((name) => name.slice(0, -".sql".length))
    .sort();
}

/** Beside this file's package in a checkout; beside the bundled program, or named by HEADGATE_MIGRATIONS, else. */
export function migrationsFolder(): string {
  const named = process.env["HEADGATE_MIGRATIONS"];
  if (named) return named;
  let folder = import.meta.dirname;
  for (;;) {
    for (const candidate of ["migrations", "packages/store/migrations"]) {
      const found = path.join(folder, candidate);
      if (existsSync(path.join(found, "0001_people.sql"))) return found;
    }
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error("The folder with the store's migrations was not found.");
    folder = parent;
  }
}
