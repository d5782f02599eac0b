import {
  stepAnswersSchemas,
  stepIds,
  type MappingAnswers,
  type StepAnswers,
  type StepId,
  type TableDestinationAnswers,
  type TypedSteps,
} from "@headgate/contract";
import { validateSchedule } from "./schedules/validate-schedule.ts";
import { writeModeRules } from "./write-modes.ts";

/** One thing that keeps a step from being finished: the field it belongs to (dotted path) and a sentence. */
export type StepFault = { readonly field: string; readonly message: string };

export type StepVerdict<S extends StepId = StepId> =
  | { readonly complete: true; readonly answers: StepAnswers[S] }
  | { readonly complete: false; readonly faults: readonly StepFault[] };

/** Judges one step on its own and against the steps before it. Progress is always derived this way, never stored. */
export function judgeStep<S extends StepId>(step: S, steps: TypedSteps): StepVerdict<S> {
  const parsed = stepAnswersSchemas[step].safeParse(steps[step] ?? {});
  if (!parsed.success) {
    return {
      complete: false,
      faults: parsed.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message })),
    };
  }
  const answers = parsed.data as StepAnswers[S];
  const faults = acrossSteps[step]?.(answers as never, steps) ?? [];
  return faults.length === 0 ? { complete: true, answers } : { complete: false, faults };
}

/** The first step that is not finished; `review` when all before it are. A URL beyond it redirects here. */
export function firstIncompleteStep(steps: TypedSteps): StepId {
  return stepIds.find((step) => step !== "review" && !judgeStep(step, steps).complete) ?? "review";
}

/** Whether a step may be opened: every step before it is finished. */
export function isStepOpen(step: StepId, steps: TypedSteps): boolean {
  return stepIds.indexOf(step) <= stepIds.indexOf(firstIncompleteStep(steps));
}

type AcrossSteps = { readonly [S in StepId]?: (answers: StepAnswers[S], steps: TypedSteps) => readonly StepFault[] };

const acrossSteps: AcrossSteps = {
  test: (answers, steps) =>
    answers.connectionId === steps.credentials?.connectionId
      ? []
      : [{ field: "connectionId", message: "This connection has not been tested yet." }],
  destination: (answers) => (answers.kind === "postgres" ? [...syncKeyFaults(answers), ...modeFaults(answers)] : []),
  mapping: (answers, steps) => {
    const destination = stepAnswersSchemas.destination.safeParse(steps.destination ?? {});
    if (destination.data?.kind === "events") return eventFaults(answers);
    const missing = destination.data?.kind === "postgres" ? missingKeys(answers, destination.data) : [];
    const aside = destination.data?.kind === "postgres" ? ruleFaults(answers, destination.data) : [];
    return [...nothingTicked(answers), ...repeatedNames(answers), ...missing, ...aside];
  },
  schedule: (answers) => validateSchedule(answers),
};

function syncKeyFaults(answers: TableDestinationAnswers): readonly StepFault[] {
  if (!writeModeRules[answers.writeMode].needsSyncKey || answers.syncKey.length > 0) return [];
  return [{ field: "syncKey", message: "Choose the columns that tell one row from another." }];
}

function modeFaults(answers: TableDestinationAnswers): readonly StepFault[] {
  const { target, writeMode, readMode, keepsState, keepsUndo, sqlBefore, sqlAfter } = answers;
  const { creates, readsAll, mayKeepOutside } = writeModeRules[writeMode];
  if (target === "create" && !creates)
    return [{ field: "writeMode", message: "A new table has no rows that could be updated. Choose another way." }];
  if (readMode === "incremental" && readsAll)
    return [{ field: "readMode", message: "This way of writing has to read all rows every time." }];
  if (keepsState === "headgate" && !mayKeepOutside)
    return [{ field: "writeMode", message: "This way of writing needs Headgate's own schema at the destination." }];
  if (keepsState === "headgate" && keepsUndo)
    return [{ field: "keepsUndo", message: "Undoing needs Headgate's own schema at the destination." }];
  if (keepsUndo && (sqlBefore || sqlAfter))
    return [{ field: "keepsUndo", message: "What SQL of your own does cannot be undone. Choose one of the two." }];
  return changesFaults(answers);
}

function changesFaults({ writeMode, readMode, changes, keepsState }: TableDestinationAnswers): readonly StepFault[] {
  if (readMode === "full" || !changes) return [];
  if (changes.by === "cursor" && !writeModeRules[writeMode].needsSyncKey)
    return [{ field: "changes", message: "By a column some rows are read twice, so this way of writing needs a key." }];
  if (changes.by === "compare" && keepsState === "headgate")
    return [{ field: "changes", message: "Comparing all rows needs Headgate's own schema at the destination." }];
  return [];
}

function nothingTicked({ fields }: MappingAnswers): readonly StepFault[] {
  return fields.length > 0 ? [] : [{ field: "fields", message: "Tick at least one column." }];
}

/** The mapping to events judges itself; what it cannot see is that there is none. */
function eventFaults({ events }: MappingAnswers): readonly StepFault[] {
  return events ? [] : [{ field: "events", message: "Say how a row becomes an event." }];
}

function repeatedNames({ fields }: MappingAnswers): readonly StepFault[] {
  const seen = new Set<string>();
  return fields.flatMap(({ destination }, index) => {
    if (!seen.has(destination)) {
      seen.add(destination);
      return [];
    }
    const message = `Two columns are both called ${destination}. Rename one.`;
    return [{ field: `fields.${index}.destination`, message }];
  });
}

function ruleFaults({ fields }: MappingAnswers, { writeMode }: TableDestinationAnswers): readonly StepFault[] {
  if (writeModeRules[writeMode].setsAside) return [];
  const message = "A row that is left out would count as deleted here. Let the rule stop the run, or only warn.";
  return fields.flatMap(({ rules = [] }, index) =>
    rules.some(({ effect }) => effect === "set_aside") ? [{ field: `fields.${index}.rules`, message }] : [],
  );
}

function missingKeys({ fields }: MappingAnswers, destination: TableDestinationAnswers): readonly StepFault[] {
  const side = destination.target === "create" ? "source" : "destination";
  return destination.syncKey
    .filter((key) => !fields.some((field) => field[side] === key))
    .map((key) => ({ field: "fields", message: `Keep ${key}: it tells one row from another.` }));
}

/** The sync key as destination columns, whatever the target: the mapping may have renamed a new table's key. */
export function destinationSyncKey(destination: TableDestinationAnswers, mapping: MappingAnswers): string[] {
  if (!writeModeRules[destination.writeMode].needsSyncKey) return [];
  if (destination.target === "existing") return [...destination.syncKey];
  return destination.syncKey.map((key) => mapping.fields.find((field) => field.source === key)?.destination ?? key);
}
