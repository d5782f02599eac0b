import { IconHelpCircle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { wizardCopy } from "../copy.ts";
import classes from "./step-help.module.css";

/** "What is this?", closed until someone asks. */
export function StepHelp({ paragraphs }: { readonly paragraphs: readonly string[] }): ReactElement {
  return (
    <details className={classes.help}>
      <summary className={classes.question}>
        <IconHelpCircle size={19} stroke={1.8} aria-hidden />
        {wizardCopy.help}
      </summary>
      <div className={classes.answer}>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
    </details>
  );
}
