import type { Connection, ConnectionAnswers } from "@headgate/contract";
import { useCreateConnection, useUpdateConnection } from "../queries.ts";
import { detailsCount, type CheckedChoice } from "./connection-choice.ts";
import { connectionAnswers } from "./connection-answers.ts";

/** Turns a checked choice into a saved connection: the chosen one, a changed one, or a new one. */
export function useSaveChoice(connections: readonly Connection[]) {
  const create = useCreateConnection();
  const update = useUpdateConnection();

  return async (choice: CheckedChoice): Promise<Connection> => {
    const chosen = connections.find((connection) => connection.id === choice.selection);
    if (!chosen) return create.mutateAsync(connectionAnswers(choice));
    if (!detailsCount(choice)) return chosen;
    const answers = connectionAnswers(choice, chosen.secrets);
    return isSame(chosen, answers) ? chosen : update.mutateAsync({ connection: chosen, answers });
  };
}

function isSame(saved: Connection, { name, settings, secrets }: ConnectionAnswers): boolean {
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
