import { Button } from "@mantine/core";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { Link, useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { errorCopy, errorDetail } from "../../lib/messages.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { TechnicalDetails } from "../../ui/technical-details.tsx";
import { LonePage } from "./lone-page.tsx";
import classes from "./page-crash.module.css";

/** Shown in place of a page that could not be shown; trying again loads it anew. */
export function PageCrash({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const { title, why, next } = errorCopy(error);
  const detail = errorDetail(error);

  function again(): void {
    queries.reset();
    reset();
    void router.invalidate();
  }

  return (
    <div>
      <PageHeader title={title} lead={`${why} ${next}`} />
      <div className={classes.actions}>
        <Button onClick={again}>Try again</Button>
        <Link to="/">To your flows</Link>
      </div>
      {detail && <TechnicalDetails text={detail} />}
    </div>
  );
}

/** The same where the layout itself could not be shown. */
export function AppCrash(props: ErrorComponentProps): ReactElement {
  return (
    <LonePage>
      <PageCrash {...props} />
    </LonePage>
  );
}
