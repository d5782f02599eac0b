import type { PostgresConnection, PostgresAnswers } from "@headgate/contract";
import { expectKind } from "../databases.ts";
import { useCreateConnection, useUpdateConnection } from "../queries.ts";
import { detailsCount, type CheckedChoice } from "./connection-choice.ts";
import { connectionAnswers } from "./connection-answers.ts";

/** Turns a checked choice into a saved connection: the chosen one, a changed one, or a new one. */
export function useSaveChoice(connections: readonly PostgresConnection[]) {
  const create = useCreateConnection();
  const update = useUpdateConnection();

  return async (choice: CheckedChoice): Promise<PostgresConnection> => {
    const chosen = connections.find((connection) => connection.id === choice.selection);
    if (!chosen) return expectKind(await create.mutateAsync(connectionAnswers(choice)), "postgres");
    if (!detailsCount(choice)) return chosen;
    const answers = connectionAnswers(choice, chosen.secrets);
    if (isSame(chosen, answers)) return chosen;
    return expectKind(await update.mutateAsync({ connection: chosen, answers }), "postgres");
  };
}

function isSame(saved: PostgresConnection, { name, settings, secrets }: PostgresAnswers): boolean {
  return saved.name === name && Object.keys(secrets).length === 0 && sameJson(saved.settings, settings);
}

/** The store gives objects back with their keys in another order. */
function sameJson(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
