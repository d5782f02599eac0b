import type { ReactElement } from "react";
import { destinationCopy } from "./copy.ts";
import type { WriteModeCard } from "./write-mode-cards.ts";
import { WriteModeDrawing } from "./write-mode-drawing.tsx";
import classes from "./destination.module.css";

/** The chosen mode drawn, and in words for each kind of row. */
export function WriteModeWords({ card }: { readonly card: WriteModeCard }): ReactElement {
  return (
    <div className={classes.meaning}>
      <WriteModeDrawing card={card} />
      <dl className={classes.words} aria-label={card.title}>
        <dt>{destinationCopy.newRows}</dt>
        <dd>{card.newRows}</dd>
        <dt>{destinationCopy.changedRows}</dt>
        <dd>{card.changedRows}</dd>
        <dt>{destinationCopy.deletedRows}</dt>
        <dd>{card.deletedRows}</dd>
      </dl>
    </div>
  );
}
