import type { Hold, Run } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { countOf } from "../../lib/format/numbers.ts";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { holdCardCopy } from "./copy.ts";
import { HoldAnswer } from "./hold-answer.tsx";
import classes from "./hold-card.module.css";
import { useConfirmRun } from "./queries.ts";

/** The two ways on where nobody can tell which rows were added already. */
export function PlaceAnswer({ run, hold }: { readonly run: Run; readonly hold: Hold }): ReactElement {
  const confirm = useConfirmRun();
  const navigate = useNavigate();

  async function goOn(): Promise<void> {
    const next = await confirm.mutateAsync({ runId: run.id, number: "", choice: "go_on" });
    await navigate({ to: "/flows/$flowId/runs/$runId", params: { flowId: run.flowId, runId: next.id } });
  }

  return (
    <>
      <div>
        <h3>{holdCardCopy.goOnTitle}</h3>
        <p>{holdCardCopy.goOn}</p>
        <Button loading={confirm.isPending} onClick={() => void goOn().catch(() => undefined)}>
          {holdCardCopy.goOnButton}
        </Button>
        {confirm.error && <ErrorCallout error={confirm.error} />}
      </div>
      <div>
        <h3>{holdCardCopy.readAllTitle}</h3>
        <p className={classes.no}>{holdCardCopy.readAll(countOf(hold.created, "row"))}</p>
        <HoldAnswer run={run} hold={hold} choice="read_all" yes={holdCardCopy.readAllButton} />
      </div>
    </>
  );
}
