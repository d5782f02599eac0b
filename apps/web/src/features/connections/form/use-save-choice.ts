import type { Connection } from "@headgate/contract";
import { useCreateConnection, useUpdateConnection } from "../queries.ts";
import { detailsCount, type CheckedChoice } from "./connection-choice.ts";
import { connectionAnswers } from "./connection-form.ts";

/** Turns a checked choice into a saved connection: the chosen one, a changed one, or a new one. */
export function useSaveChoice(connections: readonly Connection[]) {
  const create = useCreateConnection();
  const update = useUpdateConnection();

  return async (choice: CheckedChoice): Promise<Connection> => {
    const chosen = connections.find((connection) => connection.id === choice.selection);
    if (!chosen) return create.mutateAsync(connectionAnswers(choice, false));
    if (!detailsCount(choice)) return chosen;
    const answers = connectionAnswers(choice, chosen.secrets.password.set);
    return isSame(chosen, answers) ? chosen : update.mutateAsync({ connection: chosen, answers });
  };
}

function isSame(saved: Connection, { name, settings, secrets }: ReturnType<typeof connectionAnswers>): boolean {
  const keys = [...new Set([...Object.keys(saved.settings), ...Object.keys(settings)])] as (keyof typeof settings)[];
  const sameSettings = keys.every((key) => saved.settings[key] === settings[key]);
  return saved.name === name && sameSettings && secrets.password === undefined;
}
