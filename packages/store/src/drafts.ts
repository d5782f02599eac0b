import { draftSchema, type Draft, type StepId, type TypedSteps } from "@headgate/contract";
import { instant, many, maybeOne, one, type Queryable } from "./db.ts";

const draftColumns = `drafts.id, drafts.revision, drafts.practice, drafts.steps,
  ${instant("drafts.created_at")} as "createdAt", ${instant("drafts.updated_at")} as "updatedAt"`;

/** Starts a draft; practice drafts come with their connections chosen. */
export function insertDraft(
  db: Queryable,
  given: { readonly practice: boolean; readonly steps?: TypedSteps },
): Promise<Draft> {
  return one(db, draftSchema, `insert into drafts (practice, steps) values ($1, $2) returning ${draftColumns}`, [
    given.practice,
    given.steps ?? {},
  ]);
}

/** One draft, or undefined when it was deleted or published. */
export function findDraft(db: Queryable, id: string): Promise<Draft | undefined> {
  return maybeOne(db, draftSchema, `select ${draftColumns} from drafts where id = $1`, [id]);
}

/** All drafts, last changed first. */
export function listDrafts(db: Queryable): Promise<Draft[]> {
  return many(db, draftSchema, `select ${draftColumns} from drafts order by updated_at desc, id limit 200`);
}

/** Saves one step if the draft still has the given revision; the others stay as they are. */
export async function saveDraftStep<S extends StepId>(
  db: Queryable,
  id: string,
  save: { readonly revision: number; readonly step: S; readonly values: NonNullable<TypedSteps[S]> },
): Promise<Draft | "outdated" | "not_found"> {
  const saved = await maybeOne(
    db,
    draftSchema,
    `update drafts set steps = steps || jsonb_build_object($3::text, $4::jsonb), revision = revision + 1, updated_at = now()
      where id = $1 and revision = $2 returning ${draftColumns}`,
    [id, save.revision, save.step, JSON.stringify(save.values)],
  );
  if (saved) return saved;
  return (await findDraft(db, id)) ? "outdated" : "not_found";
}

/** Throws a draft away; false when there was none. */
export async function deleteDraft(db: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query("delete from drafts where id = $1", [id]);
  return rowCount === 1;
}
