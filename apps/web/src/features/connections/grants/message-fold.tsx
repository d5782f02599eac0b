import type { ReactElement } from "react";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { messageCopy } from "./copy.ts";
import classes from "./message-fold.module.css";

/** A message for whoever runs the database, folded away until it is wanted. */
export function MessageFold({ text }: { readonly text: string }): ReactElement {
  return (
    <details className={classes.fold}>
      <summary>{messageCopy.title}</summary>
      <p>{messageCopy.intro}</p>
      <pre className={classes.text}>{text}</pre>
      <CopyButton text={text} label={messageCopy.copy} />
    </details>
  );
}
