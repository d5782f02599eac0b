import type { Hold, Run } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useForm } from "react-hook-form";
import { countOf, formatCount } from "../../lib/format/numbers.ts";
import { Callout } from "../../ui/callout.tsx";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Stat, StatList } from "../../ui/stat.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { holdCopy } from "./copy.ts";
import { useConfirmRun } from "./queries.ts";
import classes from "./hold-card.module.css";

type Props = { readonly run: Run; readonly hold: Hold };
type Answer = { number: string };

/** What a held run would do, with exact numbers, and the yes that a person types. */
export function HoldCard({ run, hold }: Props): ReactElement {
  const confirm = useConfirmRun();
  const navigate = useNavigate();
  const form = useForm<Answer>({ defaultValues: { number: "" } });
  const { title, why } = holdWords(hold);

  async function answer({ number }: Answer): Promise<void> {
    if (number.trim() !== hold.confirmWith) {
      form.setError("number", { message: `Type ${hold.confirmWith} to say yes.` }, { shouldFocus: true });
      return;
    }
    const next = await confirm.mutateAsync({ runId: run.id, number });
    await navigate({ to: "/flows/$flowId/runs/$runId", params: { flowId: run.flowId, runId: next.id } });
  }

  return (
    <SectionCard title="This run asks you first" description="Nothing was written and nothing was deleted.">
      <Callout kind="warning" title={title}>
        <p>{why}</p>
      </Callout>
      <StatList>
        <Stat label="Would be deleted" value={formatCount(hold.deleted)} />
        <Stat label="New" value={formatCount(hold.created)} />
        <Stat label="Changed" value={formatCount(hold.updated)} />
        <Stat label="At the destination now" value={formatCount(hold.destinationRows)} />
      </StatList>
      {hold.sampleKeys.length > 0 && (
        <details className={classes.keys}>
          <summary>Keys of {hold.sampleKeys.length < hold.deleted ? "some" : "the"} rows that would go</summary>
          <code>{hold.sampleKeys.join("  ")}</code>
        </details>
      )}
      <form
        className={classes.answer}
        noValidate
        onSubmit={(event) => void form.handleSubmit((typed) => answer(typed).catch(() => undefined))(event)}
      >
        <TextField
          control={form.control}
          name="number"
          label={`To go on, type ${hold.confirmWith}`}
          hint="The yes counts for one run, for this many rows and a tenth more."
          autoComplete="off"
          verbatim
        />
        <Button type="submit" color="red" loading={confirm.isPending}>
          Go on with the run
        </Button>
      </form>
      {confirm.error && <ErrorCallout error={confirm.error} />}
      <p className={classes.no}>
        If this is not what you expect, do nothing: without your yes everything stays as it is.
      </p>
    </SectionCard>
  );
}

function holdWords(hold: Hold): { title: string; why: string } {
  const { title, why } = holdCopy[hold.reason];
  const numbers = { rows: countOf(hold.deleted, "row"), there: countOf(hold.destinationRows, "row") };
  const fill = (text: string): string => text.replace("{rows}", numbers.rows).replace("{there}", numbers.there);
  return { title: fill(title), why: fill(why) };
}
