import { rereadWord, type Flow, type FlowDefinition } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { fieldId } from "../../../ui/field.ts";
import { showProblemAtFields } from "../../../ui/problem-fields.ts";
import { RadioCard, RadioCards } from "../../../ui/radio-cards.tsx";
import { SectionCard } from "../../../ui/section-card.tsx";
import { TextField } from "../../../ui/text-field.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import { rereadCopy } from "./copy.ts";
import { useReread } from "./queries.ts";
import classes from "./reread.module.css";

type RereadForm = { what: "all" | "since"; value: string; word: string };

/** Makes the next run read rows again; where rows are only added, a typed word says that they are added once more. */
export function RereadCard({ flow }: { readonly flow: Flow }): ReactElement | null {
  const { writeMode, readMode } = flow.definition;
  // What reads all rows in every run has nothing to read again.
  if (readMode === "full" || writeModeRules[writeMode].readsAll || flow.reread) return null;
  return <AskReread flow={flow} />;
}

function AskReread({ flow }: { readonly flow: Flow }): ReactElement {
  const adds = !writeModeRules[flow.definition.writeMode].needsSyncKey;
  const column = cursorOf(flow.definition);
  const reread = useReread(flow.id);
  const form = useForm<RereadForm>({ defaultValues: { what: "all", value: "", word: "" } });
  const { what } = useFormValues(form);

  async function ask({ value, word }: RereadForm): Promise<void> {
    const since = column !== undefined && what === "since";
    if (since && value.trim() === "") return form.setError("value", { message: rereadCopy.fromMissing });
    if (adds && word.trim() !== rereadWord) return form.setError("word", { message: rereadCopy.wordWrong });
    try {
      await reread.mutateAsync({ from: since ? { column, value: value.trim() } : null, ...(adds && { word }) });
    } catch (error) {
      showProblemAtFields(form, error);
    }
  }

  return (
    <SectionCard title={rereadCopy.title} description={adds ? rereadCopy.added : rereadCopy.keyed}>
      <FormProvider {...form}>
        <form noValidate className={classes.stack} onSubmit={(event) => void form.handleSubmit(ask)(event)}>
          {column !== undefined && (
            <RadioCards
              id={fieldId("what")}
              legend={rereadCopy.what}
              name="what"
              value={what}
              columns={2}
              onChange={(chosen) => form.setValue("what", chosen as RereadForm["what"])}
            >
              <RadioCard value="all" title={rereadCopy.all} />
              <RadioCard value="since" title={rereadCopy.since(column)} />
            </RadioCards>
          )}
          {column !== undefined && what === "since" && (
            <TextField
              control={form.control}
              name="value"
              label={rereadCopy.from(column)}
              hint={rereadCopy.fromHint}
              maxWidth="24rem"
              verbatim
            />
          )}
          {adds && (
            <TextField
              control={form.control}
              name="word"
              label={rereadCopy.word}
              hint={rereadCopy.wordHint}
              autoComplete="off"
              maxWidth="24rem"
              verbatim
            />
          )}
          <div>
            <Button type="submit" variant="default" loading={reread.isPending}>
              {rereadCopy.ask}
            </Button>
          </div>
          {reread.error && !form.formState.errors.word && <ErrorCallout error={reread.error} />}
        </form>
      </FormProvider>
    </SectionCard>
  );
}

/** The column from a value of which on rows can be read again. */
function cursorOf({ changes }: FlowDefinition): string | undefined {
  if (changes?.by === "cursor") return changes.column;
  return changes?.by === "xmin" ? changes.cursor?.column : undefined;
}
