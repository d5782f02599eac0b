import type { ReviewAnswers } from "./review-answers.ts";
import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { Controller, FormProvider, useForm } from "react-hook-form";
import { isProblem } from "../../../../lib/api-errors.ts";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { StepForm } from "../../../../ui/step-form.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { connectionQueries } from "../../../connections/queries.ts";
import { StepActions } from "../../layout/step-actions.tsx";
import type { StepProps } from "../../step-props.ts";
import { stepResolver } from "../../step-resolver.ts";
import { sourceName } from "../../source-query.ts";
import { useTables } from "../../use-tables.ts";
import { useTyped } from "../../use-typed.ts";
import { AnswerList } from "./answer-list.tsx";
import { defaultFlowName, reviewCopy } from "./copy.ts";
import { DryRunPanel } from "./dry-run-panel.tsx";
import { draftFaults, faultsOfProblem, type PlacedFault } from "./draft-faults.ts";
import { FaultList } from "./fault-list.tsx";
import { useStart } from "./use-start.ts";
import classes from "./review.module.css";

/** Step 7: everything once more, what the first run would do, and Start. */
export function ReviewStep({ draft, saver }: StepProps<"review">): ReactElement {
  const connections = useQuery(connectionQueries.list());
  const tables = useTables(draft);
  if (connections.isError) return <ErrorCallout error={connections.error} />;
  if (!connections.data) return <Skeletons lines={8} />;
  const destination = connections.data.find(({ id }) => id === draft.steps.destination?.connectionId);
  return (
    <Review
      draft={draft}
      saver={saver}
      connections={connections.data}
      tables={tables}
      name={defaultFlowName(sourceName(draft.steps.table), destination?.name ?? "")}
    />
  );
}

type Props = Pick<StepProps<"review">, "draft" | "saver"> &
  Pick<Parameters<typeof AnswerList>[0], "connections" | "tables"> & { readonly name: string };

function Review({ draft, saver, connections, tables, name }: Props): ReactElement {
  const typed = draft.steps.review;
  const form = useForm({
    resolver: stepResolver("review", draft, (values: ReviewAnswers) => values),
    defaultValues: { name: typed?.name ?? name, runNow: typed?.runNow ?? true },
    shouldFocusError: false,
  });
  const start = useStart(draft.id);
  const [refused, setRefused] = useState<readonly PlacedFault[]>([]);
  useTyped(form, (values) => saver.keep(values));

  const known = tables.status === "known" ? draftFaults(draft, tables) : [];
  const faults = refused.length > 0 ? refused : known;

  async function submit(answers: ReviewAnswers): Promise<void> {
    setRefused([]);
    await saver.finish(answers);
    try {
      await start();
    } catch (error) {
      const found = isProblem(error, "error:draft/incomplete") ? faultsOfProblem(error.problem) : [];
      if (found.length === 0) throw error;
      setRefused(found);
    }
  }

  const manual = draft.steps.schedule?.kind === "manual";
  return (
    <FormProvider {...form}>
      <StepForm
        form={form}
        onSubmit={submit}
        actions={<StepActions saver={saver} label={reviewCopy.startButton} busy={form.formState.isSubmitting} />}
      >
        {faults.length > 0 && <FaultList draftId={draft.id} faults={faults} />}
        <SectionCard title={reviewCopy.answers}>
          <AnswerList draft={draft} connections={connections} tables={tables} />
        </SectionCard>
        <DryRunPanel draft={draft} />
        <SectionCard title={reviewCopy.start}>
          <div className={classes.stack}>
            <TextField
              control={form.control}
              name="name"
              label={reviewCopy.name}
              hint={reviewCopy.nameHint}
              autoComplete="off"
            />
            <Controller
              control={form.control}
              name="runNow"
              render={({ field: { value, onChange, ...field } }) => (
                <Checkbox
                  {...field}
                  checked={value}
                  onChange={(event) => onChange(event.currentTarget.checked)}
                  label={reviewCopy.runNow}
                  description={manual ? reviewCopy.runNowManual : reviewCopy.runNowHint}
                />
              )}
            />
          </div>
        </SectionCard>
      </StepForm>
    </FormProvider>
  );
}
