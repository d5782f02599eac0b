import type { Stream, WriteMode } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { tableFacts } from "../catalog/find-stream.ts";
import type { Session } from "../session.ts";
import { ownFault } from "./run-failures.ts";

/** Each command ($3) needs a policy that lets every row through, and no other policy may take rows away again. */
const allVisibleQuery = `
with mine as (
  select p.polpermissive as permissive, p.polcmd::text as command, pg_catalog.pg_get_expr(p.polqual, p.polrelid) as rule
    from pg_catalog.pg_policy p
    join pg_catalog.pg_class c on c.oid = p.polrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname = $1 and c.relname = $2
     and exists (select from unnest(p.polroles) as r (role)
                  where r.role = 0 or pg_catalog.pg_has_role(current_user, r.role, 'usage')))
select not exists (select from mine where not permissive and rule <> 'true')
   and not exists (select from unnest($3::text[]) as k (command)
                    where not exists (select from mine where permissive and rule = 'true' and mine.command in ('*', k.command)))
       as visible`;

/**
 * What a policy hides could be neither changed, deleted nor replaced, and nobody would say so; a merge by key alone is
 * told by the server itself when it meets a hidden row.
 */
export async function requireVisibleRows(session: Session, mode: WriteMode, destination: Stream): Promise<void> {
  const { creates, updates, deletes } = writeModeRules[mode];
  if (!destination.rowSecurity || (creates && !deletes)) return;
  const commands = ["r", ...(updates ? ["w"] : []), ...(deletes ? ["d"] : [])];
  const [found] = await session.query<{ visible: boolean }>(allVisibleQuery, [
    destination.schema,
    destination.name,
    commands,
  ]);
  if (!found?.visible)
    throw ownFault("destination", { code: "rows_hidden", kind: "settings" }, tableFacts(destination));
}
