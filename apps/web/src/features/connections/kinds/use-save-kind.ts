import type { ConnectionAnswers, DestinationKind } from "@headgate/contract";
import { expectKind, type ConnectionOf } from "../databases.ts";
import { useCreateConnection, useUpdateConnection } from "../queries.ts";
import type { KindAnswers } from "./kind-rules.ts";

/** Saves what the form of a kind hands on: a new connection, or changes to the saved one. */
export function useSaveKind<K extends DestinationKind>(kind: K, saved: ConnectionOf<K> | undefined) {
  const create = useCreateConnection();
  const update = useUpdateConnection();
  return async (answers: KindAnswers<K>): Promise<ConnectionOf<K>> => {
    const body = answers as unknown as ConnectionAnswers;
    const connection = saved
      ? await update.mutateAsync({ connection: saved, answers: body })
      : await create.mutateAsync(body);
    return expectKind(connection, kind);
  };
}
