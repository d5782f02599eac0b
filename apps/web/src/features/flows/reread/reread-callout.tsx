import type { Flow } from "@headgate/contract";
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { rereadCopy } from "./copy.ts";
import { useTakeBackReread } from "./queries.ts";

/** Says that the next run reads rows again, and lets it be taken back. */
export function RereadCallout({ flow }: { readonly flow: Flow }): ReactElement | null {
  const takeBack = useTakeBackReread(flow.id);
  if (!flow.reread) return null;
  const { from } = flow.reread;
  return (
    <Callout
      kind="info"
      title={rereadCopy.asked}
      actions={
        <Button variant="default" loading={takeBack.isPending} onClick={() => takeBack.mutate(undefined)}>
          {rereadCopy.takeBack}
        </Button>
      }
    >
      <p>
        {from ? rereadCopy.askedFrom(from.column, from.value) : rereadCopy.askedAll} {rereadCopy.until}
      </p>
      {takeBack.error && <ErrorCallout error={takeBack.error} />}
    </Callout>
  );
}
