import type { PostgresSettings } from "@headgate/contract";
import type { Pool } from "pg";
import { z } from "zod";
import { inTransaction, one, type Queryable } from "./db.ts";
import { saveSecrets } from "./secrets/secrets.ts";
import type { SecretBox } from "./secrets/secret-box.ts";

export type PracticeSide = "source" | "destination";
export type PracticeTarget = { readonly settings: PostgresSettings; readonly password: string };

const names = { source: "Sample shop", destination: "Practice destination" } as const;

/** Saves where the built-in sample data is now (its port changes between starts) and returns the two connections' ids. */
export function savePracticeConnections(
  { db, secrets }: { readonly db: Pool; readonly secrets: SecretBox },
  targets: Readonly<Record<PracticeSide, PracticeTarget>>,
): Promise<Record<PracticeSide, string>> {
  return inTransaction(db, async (client) => ({
    source: await save(client, secrets, "source", targets.source),
    destination: await save(client, secrets, "destination", targets.destination),
  }));
}

async function save(db: Queryable, box: SecretBox, side: PracticeSide, target: PracticeTarget): Promise<string> {
  const { id } = await one(
    db,
    z.object({ id: z.string() }),
    // A person may have given a connection of their own the same name.
    `insert into connections (name, settings, practice_side)
     select case when exists (select from connections where lower(name) = lower($1) and practice_side is distinct from $3)
                 then $1 || ' (sample data)' else $1 end, $2, $3
     on conflict on constraint one_practice_connection_per_side do update
        set settings = excluded.settings, updated_at = now(),
            revision = connections.revision + case when connections.settings = excluded.settings then 0 else 1 end
     returning id`,
    [names[side], target.settings, side],
  );
  await saveSecrets(db, box, { table: "connections", id }, { password: target.password });
  return id;
}
