import type { BadRows, DestinationKind, ReadMode, Stream } from "@headgate/contract";
import { marksChanges } from "@headgate/core";
import type { TypedDestination } from "../destination-form.ts";
import { keyChoices } from "../sync-key.ts";

/** The part of step 4 that follows the choice of a receiver. */
export type SentForm = { readMode: ReadMode; badRows: BadRows; syncKey: string[] };

/** What was chosen, else new and changed rows told apart by the source's best key. */
export function sentDefaults(typed: TypedDestination, source: Stream): SentForm {
  const readModes = sentReadModes(source);
  const [best] = keyChoices(source).filter((key) => !key.nullable);
  const known = typed.syncKey !== undefined && hasColumns(source, typed.syncKey);
  return {
    readMode: readModes.find((mode) => mode === typed.readMode) ?? readModes[0] ?? "full",
    badRows: typed.badRows ?? "set_aside",
    syncKey: known ? [...(typed.syncKey ?? [])] : (best?.columns ?? []),
  };
}

/** How the rows of a source can be sent, the best first. */
export function sentReadModes({ kind }: Pick<Stream, "kind">): readonly ReadMode[] {
  return marksChanges(kind) ? ["incremental", "full"] : ["full"];
}

/** The form as the draft keeps it, beside what other kinds hold. */
export function typedSent(
  kept: TypedDestination,
  kind: DestinationKind,
  connectionId: string,
  { readMode, badRows, syncKey }: SentForm,
): TypedDestination {
  return {
    ...kept,
    form: undefined,
    kind,
    choice: kept.choice ?? "saved",
    connectionId,
    readMode,
    badRows,
    syncKey: [...syncKey],
  };
}

function hasColumns({ fields }: Stream, columns: readonly string[]): boolean {
  return columns.every((column) => fields.some(({ name }) => name === column));
}
