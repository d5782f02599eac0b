import type { StepId, TypedSteps } from "@headgate/contract";
import { validateSchedule, type StepFault } from "@headgate/core";
import { stepAnswersSchemas } from "@headgate/contract";
import { findConnection, isPattern, type Queryable } from "@headgate/store";

type Judge = (db: Queryable, steps: TypedSteps) => Promise<readonly StepFault[]>;

/** What only the store knows about a step that is complete in itself. */
export function storedFacts(db: Queryable, step: StepId, steps: TypedSteps): Promise<readonly StepFault[]> {
  return judges[step]?.(db, steps) ?? Promise.resolve([]);
}

const gone: readonly StepFault[] = [{ field: "connectionId", message: "This connection was deleted. Choose another." }];

const judges: Partial<Record<StepId, Judge>> = {
  credentials: async (db, { credentials }) => {
    const connection = await findConnection(db, credentials?.connectionId ?? "");
    if (!connection) return gone;
    const message = "Rows can only be read from a PostgreSQL database. Choose a connection to one.";
    return connection.kind === "postgres" ? [] : [{ field: "connectionId", message }];
  },

  // The browser says which state it saw tested; only our own record of the check counts.
  test: async (db, { test }) => {
    const connection = await findConnection(db, test?.connectionId ?? "");
    if (!connection) return gone;
    const { lastCheck, revision } = connection;
    const passed = lastCheck?.status === "succeeded" && lastCheck.revision === revision;
    if (passed && test?.connectionRevision === revision) return [];
    const message = "This connection has changed since it was tested. Test it again.";
    return [{ field: "connectionRevision", message: lastCheck ? message : "Test this connection first." }];
  },

  destination: async (db, { destination }) => {
    const connection = await findConnection(db, destination?.connectionId ?? "");
    if (!connection) return gone;
    const kind = destination?.kind ?? "postgres";
    return kind === connection.kind ? [] : [{ field: "connectionId", message: "Choose a connection of this kind." }];
  },

  mapping: async (db, { mapping }) => {
    const faults: StepFault[] = [];
    for (const [index, { rules = [] }] of (mapping?.fields ?? []).entries())
      for (const [place, rule] of rules.entries())
        if (rule.kind === "pattern" && !(await isPattern(db, rule.pattern)))
          faults.push({
            field: `fields.${index}.rules.${place}.pattern`,
            message: "This is not a regular expression.",
          });
    return faults;
  },

  schedule: async (_db, { schedule }) => validateSchedule(stepAnswersSchemas.schedule.parse(schedule)),
};
