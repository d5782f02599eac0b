import type { Run } from "@headgate/contract";
import type { ReactElement } from "react";
import { formatCount } from "../../lib/format/numbers.ts";
import { Callout } from "../../ui/callout.tsx";
import { committedRows } from "./run-state.ts";

/** What a run that did not reach its end has brought all the same. */
export function CommittedPart({ run }: { readonly run: Run }): ReactElement | null {
  const rows = committedRows(run);
  if (rows === 0) return null;
  const title =
    rows === 1 ? "1 row is in the destination already" : `${formatCount(rows)} rows are in the destination already`;
  return (
    <Callout kind="info" title={title}>
      They stay there. The next run goes on with the rest, and no row will be there twice.
    </Callout>
  );
}
