import type { ReactElement } from "react";
import { CopyButton } from "../../../ui/copy-button.tsx";
import classes from "./copyable-line.module.css";

type Props = { readonly text: string; readonly label: string; readonly copyLabel: string };

/** One long line for another program, with the way to copy it. */
export function CopyableLine({ text, label, copyLabel }: Props): ReactElement {
  return (
    <div>
      {/* Scrolls by keyboard too. */}
      <pre className={classes.text} tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <CopyButton text={text} label={copyLabel} />
    </div>
  );
}
