import { setTimeout as pause } from "node:timers/promises";
import { escapeIdentifier } from "pg";
import { withClient, type TestDatabase } from "./database.ts";
import { canary, type ModelTables } from "./model-tables.ts";

/** What is looked at once a fault is over; I1 to I6 of reliability §5, whose others a cell looks at where it can. */
export type Aftermath = {
  readonly tables: ModelTables;
  /** Whether the destination has to be as it was, or as the run makes it (I1, I2). */
  readonly content: "before" | "after";
  /** What was said of the run, and what should have been (I3). */
  readonly told?: { readonly found: unknown; readonly expected: unknown };
  /** Everything that was written down for people to read: logs, failures, progress (I5). */
  readonly words?: readonly string[];
  /** What no word and no note of ours may hold, beside the canary in the rows (I5). */
  readonly secrets?: readonly string[];
  /** Where notes are kept: our store whole, of a destination only what the schema holds (I5). */
  readonly notes?: readonly { readonly database: TestDatabase; readonly schema?: string }[];
  /** Where nobody may be left, nor a lock or a temporary table (I6). */
  readonly quiet?: readonly TestDatabase[];
};

/** One sentence for each invariant that does not hold; none when all is well. Waits up to `seconds` for quiet. */
export async function brokenInvariants(after: Aftermath, seconds = 60): Promise<string[]> {
  const { tables, content, told, words = [], secrets = [], notes = [], quiet = [] } = after;
  const { lacking, surplus } = await tables.difference(content);
  const hidden = [canary, ...secrets];
  const broken: string[] = [];
  if (lacking.length > 0) broken.push(`I1: rows are missing, such as ${JSON.stringify(lacking)}`);
  if (surplus.length > 0) broken.push(`I2: rows are too many, such as ${JSON.stringify(surplus)}`);
  if (told) broken.push(...differences(told.found, told.expected, "").map((text) => `I3: ${text}`));
  for (const [index, secret] of hidden.entries())
    if (words.some((text) => text.includes(secret))) broken.push(`I5: secret ${index} was written down`);
  for (const { database, schema } of notes)
    broken.push(...(await tablesWith(database, hidden, schema)).map((table) => `I5: ${table} holds a secret`));
  for (const database of quiet)
    broken.push(...(await leftAt(database, seconds)).map((left) => `I6: ${left} is left in ${database.database}`));
  return broken;
}

/** Where `expected` names something, `found` must have it. */
function differences(found: unknown, expected: unknown, place: string): string[] {
  if (typeof expected === "object" && expected !== null && typeof found === "object" && found !== null)
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(Reflect.get(found, name), value, place === "" ? name : `${place}.${name}`),
    );
  if (Object.is(found, expected)) return [];
  return [`${place} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`];
}

async function tablesWith(database: TestDatabase, secrets: readonly string[], schema = "%"): Promise<string[]> {
  return withClient(database, database.database, async (client) => {
    const { rows } = await client.query<{ schema: string; name: string }>(
      `select schemaname as schema, tablename as name from pg_tables
        where schemaname like $1 and schemaname not in ('pg_catalog', 'information_schema', 'src', 'dst', 'model')`,
      [schema],
    );
    const found: string[] = [];
    for (const { schema: folder, name } of rows) {
      const table = `${escapeIdentifier(folder)}.${escapeIdentifier(name)}`;
      const { rowCount } = await client.query(
        `select from ${table} t where exists (select from unnest($1::text[]) s where strpos(t::text, s) > 0) limit 1`,
        [secrets],
      );
      if (rowCount) found.push(table);
    }
    return found;
  });
}

const leftQuery = `
select 'a session that does ' || coalesce(nullif(query, ''), 'nothing') as left from pg_stat_activity
 where backend_type = 'client backend' and pid <> pg_backend_pid() and datname = current_database()
   and application_name <> 'watching test'
union all select 'the temporary table ' || relname from pg_class where relpersistence = 't' and relkind = 'r'
union all select 'a prepared transaction' from pg_prepared_xacts`;

async function leftAt(database: TestDatabase, seconds: number): Promise<string[]> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const { rows } = await database.query<{ left: string }>(leftQuery);
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ left }) => left);
    await pause(20);
  }
}
