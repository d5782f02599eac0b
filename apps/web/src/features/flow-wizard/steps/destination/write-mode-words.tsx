import type { BadRows } from "@headgate/contract";
import type { ReactElement } from "react";
import { destinationCopy } from "./copy.ts";
import { promiseOf, type WriteModeCard } from "./write-mode-cards.ts";
import { WriteModeDrawing } from "./write-mode-drawing.tsx";
import classes from "./destination.module.css";

type Props = { readonly card: WriteModeCard; readonly badRows: BadRows };

/** The chosen mode drawn, in words for each kind of row, and what Headgate promises with it. */
export function WriteModeWords({ card, badRows }: Props): ReactElement {
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
        <dt>{destinationCopy.promise}</dt>
        <dd>{promiseOf(card, badRows)}</dd>
      </dl>
    </div>
  );
}
