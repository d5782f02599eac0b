import type { ReactElement } from "react";
import { CopyButton } from "./copy-button.tsx";
import classes from "./technical-details.module.css";

type Props = { readonly text: string; readonly label?: string };

/** A fold with the other side's own words, for those who can use them. */
export function TechnicalDetails({ text, label = "Technical details" }: Props): ReactElement {
  return (
    <details className={classes.fold}>
      <summary className={classes.summary}>{label}</summary>
      {/* Scrolls by keyboard too, which a region without focus would not. */}
      <pre className={classes.text} tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <CopyButton text={text} label="Copy details" />
    </details>
  );
}
