import type { Stream, TypedChanges, WriteMode } from "@headgate/contract";
import { changesFor, marksChanges } from "@headgate/core";

/**
 * How changes are found, as far as the source and the mode can do it. Where PostgreSQL marks rows itself, nothing needs
 * to be said.
 */
export function fittingChanges(
  chosen: TypedChanges | undefined,
  writeMode: WriteMode,
  kind: Stream["kind"],
): TypedChanges | undefined {
  const ways = changesFor(writeMode, kind);
  if (chosen && ways.includes(chosen.by)) return chosen;
  const best = ways[0];
  return best === undefined || marksChanges(kind) ? undefined : { by: best };
}
