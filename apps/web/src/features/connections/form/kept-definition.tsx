import { keptProperties } from "@headgate/core";
import type { ReactElement } from "react";
import { documentOf } from "./connection-form.ts";
import { formCopy } from "./copy.ts";
import classes from "./kept-definition.module.css";

/** What an imported definition says beyond the form; nothing where there is none. */
export function KeptDefinition({ importedFrom }: { readonly importedFrom: string }): ReactElement | null {
  const document = documentOf(importedFrom);
  const kept = document ? keptProperties(document) : [];
  if (kept.length === 0) return null;
  return (
    <details className={classes.fold}>
      <summary className={classes.summary}>{formCopy.kept}</summary>
      <p className={classes.hint}>{formCopy.keptHint}</p>
      <dl className={classes.list}>
        {kept.map(({ name, value }, index) => (
          // Two levels of the definition may use one name.
          <div key={`${index} ${name}`} className={classes.row}>
            <dt>{name}</dt>
            <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
