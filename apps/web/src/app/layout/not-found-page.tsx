import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { problemMessages } from "../../lib/messages/problems.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { LonePage } from "./lone-page.tsx";

const { title, why } = problemMessages["error:request/not-found"];

export function NotFoundPage(): ReactElement {
  return (
    <LonePage>
      <PageHeader title={title} lead={why} />
      <Link to="/">To your flows</Link>
    </LonePage>
  );
}
