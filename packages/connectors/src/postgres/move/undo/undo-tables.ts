import { tableIdent } from "../../identifiers.ts";

/** Says of an image whether its row was (u)pdated or (d)eleted. No column of anybody is called so. */
export const deed = `"headgate's deed"`;

/** The tables of a flow beside its state that serve to undo its last run. */
export function undoTables(flowId: string) {
  const flow = flowId.replaceAll("-", "_");
  const name = (table: string): string => tableIdent({ schema: "headgate", name: table });
  return {
    /** Rows as they were before the run. */
    images: name(`undo_${flow}`),
    /** One row per transaction of the run; its xmin is that of the rows the run wrote. */
    marks: name(`undo_${flow}_marks`),
    /** The mirror's list of keys before the run. */
    keys: name(`undo_${flow}_keys`),
    /** The mirror's list of keys. */
    mirrored: name(`mirror_${flow}`),
  };
}
