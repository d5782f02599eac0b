import type { Run } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useForm } from "react-hook-form";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { showProblemAtFields } from "../../ui/problem-fields.ts";
import { TextField } from "../../ui/text-field.tsx";
import { undoCopy } from "./copy.ts";
import classes from "./hold-card.module.css";
import { useUndoRun } from "./queries.ts";

/** The number of rows that, typed, undoes a run; another is refused at its field. */
export function UndoAnswer({ run, rows }: { readonly run: Run; readonly rows: number }): ReactElement {
  const undo = useUndoRun();
  const navigate = useNavigate();
  const form = useForm<{ number: string }>({ defaultValues: { number: "" } });
  const { errors } = form.formState;

  async function answer({ number }: { number: string }): Promise<void> {
    if (number.replace(/[\s,.'’]/g, "") !== String(rows)) {
      form.setError("number", { message: undoCopy.wrong(String(rows)) }, { shouldFocus: true });
      return;
    }
    try {
      const next = await undo.mutateAsync({ runId: run.id, number: String(rows) });
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
          label={undoCopy.type(String(rows))}
          hint={undoCopy.comesAgain}
          autoComplete="off"
          inputMode="numeric"
          maxWidth="20rem"
        />
        <Button type="submit" color="red" loading={undo.isPending}>
          {undoCopy.yes}
        </Button>
      </div>
      {undo.error && !errors.number && <ErrorCallout error={undo.error} />}
    </form>
  );
}
