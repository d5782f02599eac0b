import type { Changes } from "@headgate/contract";
import { countOf } from "../../lib/format/numbers.ts";

/** How later runs find what is new or changed, in a few words. */
export function changesWords(changes: Changes): string {
  switch (changes.by) {
    case "compare":
      return "By comparing all rows with what the last run saw";
    case "cursor":
      return `By the column ${changes.column}, looking back ${countOf(changes.lookBackMinutes, "minute")}`;
    case "xmin": {
      const { cursor } = changes;
      const own = "By PostgreSQL's own mark on each row";
      return cursor
        ? `${own}, among rows whose ${cursor.column} is not older than ${countOf(cursor.lookBackHours, "hour")}`
        : own;
    }
  }
}
