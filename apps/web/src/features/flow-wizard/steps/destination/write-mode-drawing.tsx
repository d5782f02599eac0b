import { IconArrowRight } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { destinationCopy } from "./copy.ts";
import { rowsBefore, sourceRows, type DrawnRow, type WriteModeCard } from "./write-mode-cards.ts";
import classes from "./write-mode-drawing.module.css";

/** Three rows before and after a run. Decoration: the sentence beside it says the same. */
export function WriteModeDrawing({ card }: { readonly card: WriteModeCard }): ReactElement {
  return (
    <div className={classes.drawing} aria-hidden>
      <Rows title={destinationCopy.source} rows={sourceRows} />
      <span className={classes.sign}>+</span>
      <Rows title={destinationCopy.before} rows={rowsBefore} />
      <IconArrowRight size={18} className={classes.sign} />
      <Rows title={destinationCopy.after} rows={card.after} />
    </div>
  );
}

function Rows({ title, rows }: { readonly title: string; readonly rows: readonly DrawnRow[] }): ReactElement {
  return (
    <div className={classes.table}>
      <div className={classes.title}>{title}</div>
      {rows.map((row, index) => (
        // The same row may stand here twice, which is the point of "Add only".
        <div key={index} className={classes.row} data-mark={row.mark}>
          <span>{row.key}</span>
          <span>{row.value}</span>
        </div>
      ))}
    </div>
  );
}
