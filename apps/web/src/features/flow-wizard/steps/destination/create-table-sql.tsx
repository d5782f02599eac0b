import type { Draft } from "@headgate/contract";
import { judgeStep } from "@headgate/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { CopyButton } from "../../../../ui/copy-button.tsx";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { draftQueries } from "../../queries.ts";
import { destinationCopy } from "./copy.ts";
import classes from "./destination.module.css";

/** The statement that will create the table; it follows the saved answers. */
export function CreateTableSql({ draft }: { readonly draft: Draft }): ReactElement | null {
  const ready = draft.steps.destination?.target === "create" && judgeStep("destination", draft.steps).complete;
  const preview = useQuery({ ...draftQueries.createTable(draft), enabled: ready, placeholderData: (before) => before });
  if (!ready) return null;
  if (preview.isError) return <ErrorCallout error={preview.error} />;
  // A source that cannot be read speaks for itself elsewhere; without it there is no statement to show.
  if (preview.data?.status === "failed") return null;
  return (
    <details className={classes.statement} open>
      <summary>{destinationCopy.sql}</summary>
      <p>{destinationCopy.sqlIntro}</p>
      {preview.data ? (
        <>
          {/* Scrolls by keyboard too. */}
          <pre className={classes.code} tabIndex={0} role="region" aria-label={destinationCopy.sql}>
            {preview.data.sql}
          </pre>
          <CopyButton text={preview.data.sql} describe={destinationCopy.sqlCopy} />
        </>
      ) : (
        <Skeletons lines={4} label={destinationCopy.sqlWaiting} />
      )}
    </details>
  );
}
