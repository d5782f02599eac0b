import type { PostgresConnection } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useEffect, useState, type ReactElement } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { fieldId } from "../../../../ui/field.ts";
import { reveal } from "../../../../ui/reveal.ts";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { StepForm } from "../../../../ui/step-form.tsx";
import { CheckPanel } from "../../../connections/check/check-panel.tsx";
import { guiltyField } from "../../../connections/check/guilty-field.ts";
import { useConnectionCheck } from "../../../connections/check/use-connection-check.ts";
import { ConnectionChoice } from "../../../connections/form/connection-choice-fields.tsx";
import {
  choiceDefaults,
  choiceResolver,
  typedChoice,
  withFirst,
  type CheckedChoice,
  type ChoiceForm,
} from "../../../connections/form/connection-choice.ts";
import { connectionFormDefaults } from "../../../connections/form/connection-form.ts";
import { useSaveChoice } from "../../../connections/form/use-save-choice.ts";
import { StepActions } from "../../layout/step-actions.tsx";
import type { StepProps } from "../../step-props.ts";
import { useTyped } from "../../use-typed.ts";
import { destinationCopy } from "./copy.ts";
import { withItsSql } from "./destination-form.ts";

type Props = StepProps<"destination"> & {
  readonly connections: readonly PostgresConnection[];
  readonly onChosen: (connection: PostgresConnection) => void;
};

/** The connection half of step 4: a saved one or a new one, tested on the spot. */
export function ChooseDatabase({ draft, saver, connections, onChosen }: Props): ReactElement {
  const typed = draft.steps.destination ?? {};
  const [first] = useState(typed.connectionId);
  const [candidate, setCandidate] = useState<PostgresConnection>();
  const form = useForm<ChoiceForm, unknown, CheckedChoice>({
    resolver: choiceResolver(connections),
    defaultValues: choiceDefaults(typed, connections, false),
    reValidateMode: "onBlur",
    shouldFocusError: false,
  });
  const save = useSaveChoice(connections);
  useTyped(form, (values) => {
    setCandidate(undefined);
    // The table chosen before is kept: it may fit the other database too, and is shown where it does not.
    const next = { ...typed, kind: "postgres", connectionId: undefined, form: undefined, choice: undefined } as const;
    saver.keep(withItsSql({ ...next, ...typedChoice(values) }, typed));
  });

  async function submit(choice: CheckedChoice): Promise<void> {
    const connection = await save(choice);
    form.setValue("selection", connection.id);
    setCandidate(connection);
  }

  function accept(connection: PostgresConnection): void {
    const choice = form.getValues("selection") === "new" ? "new" : "saved";
    const next = { ...typed, kind: "postgres", form: undefined, choice, connectionId: connection.id } as const;
    saver.keep(withItsSql(next, typed));
    onChosen(connection);
  }

  function correct(connection: PostgresConnection, field: string): void {
    form.reset({ selection: connection.id, editing: true, ...connectionFormDefaults(undefined, connection) });
    setCandidate(undefined);
    requestAnimationFrame(() => {
      const element = document.getElementById(fieldId(field));
      if (element) reveal(element);
      element?.focus();
    });
  }

  return (
    <FormProvider {...form}>
      <StepForm
        form={form}
        onSubmit={submit}
        actions={<StepActions saver={saver} label={destinationCopy.useIt} busy={form.formState.isSubmitting} />}
      >
        <SectionCard>
          <ConnectionChoice
            connections={withFirst(connections, first)}
            legend={destinationCopy.whichDatabase}
            resumed={typed.form !== undefined}
            plays="destination"
          />
        </SectionCard>
        {candidate && <Candidate key={`${candidate.id} ${candidate.revision}`} {...{ candidate, accept, correct }} />}
      </StepForm>
    </FormProvider>
  );
}

type CandidateProps = {
  readonly candidate: PostgresConnection;
  readonly accept: (connection: PostgresConnection) => void;
  readonly correct: (connection: PostgresConnection, field: string) => void;
};

function Candidate({ candidate, accept, correct }: CandidateProps): ReactElement {
  const check = useConnectionCheck(candidate, "destination", (verdict) => {
    // Which rights are missing depends on the table, so that is chosen first; its exact grants are asked for there.
    if (verdict.status === "succeeded" || verdict.failure.code === "write_forbidden") accept(candidate);
  });
  const { start } = check;
  useEffect(start, [start]);
  return (
    <SectionCard title={destinationCopy.testing(candidate.name)}>
      <CheckPanel
        connection={candidate}
        check={check}
        plays="destination"
        failureActions={(failure) => (
          <Button onClick={() => correct(candidate, guiltyField(failure))}>{destinationCopy.editDetails}</Button>
        )}
      />
    </SectionCard>
  );
}
