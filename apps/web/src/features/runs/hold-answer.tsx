import type { Hold, PlaceChoice, Run } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useForm } from "react-hook-form";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { showProblemAtFields } from "../../ui/problem-fields.ts";
import { TextField } from "../../ui/text-field.tsx";
import { holdCardCopy } from "./copy.ts";
import { useConfirmRun } from "./queries.ts";
import classes from "./hold-card.module.css";

type Answer = { number: string };

type Props = {
  readonly run: Run;
  readonly hold: Hold;
  /** What the number says yes to, where there is more than one answer. */
  readonly choice?: PlaceChoice;
  readonly yes?: string;
};

/** The number that says yes; any other is refused at its field, and nothing is asked of the server. */
export function HoldAnswer({ run, hold, choice, yes = holdCardCopy.yes }: Props): ReactElement {
  const confirm = useConfirmRun();
  const navigate = useNavigate();
  const form = useForm<Answer>({ defaultValues: { number: "" } });
  const { errors } = form.formState;

  async function answer({ number }: Answer): Promise<void> {
    if (plain(number) !== hold.confirmWith) {
      form.setError("number", { message: holdCardCopy.wrong(hold.confirmWith) }, { shouldFocus: true });
      return;
    }
    try {
      const next = await confirm.mutateAsync({ runId: run.id, number: hold.confirmWith, ...(choice && { choice }) });
      await navigate({ to: "/flows/$flowId/runs/$runId", params: { flowId: run.flowId, runId: next.id } });
    } catch (error) {
      showProblemAtFields(form, error);
    }
  }

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(answer)(event)}>
      <div className={classes.answer}>
        <TextField
          control={form.control}
          name="number"
          label={holdCardCopy.type(hold.confirmWith)}
          hint={holdCardCopy.typeHint(hold.deleted > 0 || hold.reason === "unusual_count")}
          autoComplete="off"
          inputMode="numeric"
          maxWidth="20rem"
        />
        <Button type="submit" {...(hold.deleted > 0 && { color: "red" })} loading={confirm.isPending}>
          {yes}
        </Button>
      </div>
      {confirm.error && !errors.number && <ErrorCallout error={confirm.error} />}
      <p className={classes.no}>{holdCardCopy.no}</p>
    </form>
  );
}

/** People type a number as they see it, with the separators of thousands. */
function plain(number: string): string {
  return number.replace(/[\s,.'’]/g, "");
}
