import { endpoints, type Draft, type StepId, type TypedSteps } from "@headgate/contract";
import { judgeStep } from "@headgate/core";
import {
  deleteDraft,
  findDraft,
  insertDraft,
  listDrafts,
  saveDraftStep,
  savePracticeConnections,
} from "@headgate/store";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { invalid, Refusal } from "../http/refusal.ts";
import { refuseOwnSql, type TypedDestination } from "./refuse-own-sql.ts";
import { storedFacts } from "./draft-facts.ts";

/** Unfinished flows: what the wizard's steps hold, saved as it is answered. */
export function draftRoutes(api: Api): void {
  const { store, practice } = api.context;
  const { db } = store;

  mount(api, endpoints.listDrafts, async () => ({ drafts: await listDrafts(db) }));

  mount(api, endpoints.createDraft, async ({ body }) => {
    if (!body.practice) return insertDraft(db, { practice: false });
    if (!practice) throw new Refusal("error:practice/unavailable");
    const { source, destination } = await savePracticeConnections(store, practice);
    const steps: TypedSteps = {
      credentials: { choice: "saved", connectionId: source },
      destination: { choice: "saved", connectionId: destination },
    };
    return insertDraft(db, { practice: true, steps });
  });

  mount(api, endpoints.getDraft, ({ params }) => existingDraft(api, params.draftId));

  mount(api, endpoints.saveStep, async ({ params, body, user }) => {
    const { step, values, revision, finished } = body as StepSave;
    const draft = await existingDraft(api, params.draftId);
    if (draft.revision !== revision) throw new Refusal("error:draft/outdated");
    if (step === "destination" && user.role !== "admin")
      refuseOwnSql(values as TypedDestination, draft.steps.destination);
    if (finished) await requireComplete({ ...draft.steps, [step]: values }, step);
    const saved = await saveDraftStep(db, draft.id, { step, values, revision });
    if (saved === "outdated") throw new Refusal("error:draft/outdated");
    if (saved === "not_found") throw new Refusal("error:draft/not-found");
    return saved;
  });

  mount(api, endpoints.deleteDraft, async ({ params }) => {
    if (!(await deleteDraft(db, params.draftId))) throw new Refusal("error:draft/not-found");
    return {};
  });

  async function requireComplete(steps: TypedSteps, step: StepId): Promise<void> {
    const verdict = judgeStep(step, steps);
    const faults = verdict.complete ? await storedFacts(db, step, steps) : verdict.faults;
    if (faults.length > 0)
      throw invalid(Object.fromEntries(faults.map(({ field, message }) => [field || step, message]).toReversed()));
  }
}

/** The contract's union over the steps, loosened: step and values were parsed together. */
type StepSave = { step: StepId; values: NonNullable<TypedSteps[StepId]>; revision: number; finished: boolean };

/** One draft, or a refusal. */
export async function existingDraft({ context }: Api, id: string): Promise<Draft> {
  const draft = await findDraft(context.store.db, id);
  if (!draft) throw new Refusal("error:draft/not-found");
  return draft;
}
