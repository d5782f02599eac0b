import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { problemMessages } from "../../lib/messages/problems.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import classes from "./lone-page.module.css";

const { title, why } = problemMessages["error:request/not-found"];

export function NotFoundPage(): ReactElement {
  return (
    <div className={classes.page}>
      <PageHeader title={title} lead={why} />
      <div className={classes.actions}>
        <Link to="/">To your flows</Link>
      </div>
    </div>
  );
}
