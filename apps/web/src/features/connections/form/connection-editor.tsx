import type { PostgresConnection } from "@headgate/contract";
import { Button } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { Callout } from "../../../ui/callout.tsx";
import { StepForm } from "../../../ui/step-form.tsx";
import { choiceDefaults, choiceResolver, type CheckedChoice, type ChoiceForm } from "./connection-choice.ts";
import { ConnectionFields } from "./connection-fields.tsx";
import { formCopy } from "./copy.ts";
import { NewLogin } from "./new-login.tsx";
import { useSaveChoice } from "./use-save-choice.ts";

type Props = {
  /** The connection to change; leave it out for a new one. */
  readonly saved?: PostgresConnection;
  readonly submitLabel: string;
  readonly onSaved: (connection: PostgresConnection) => void;
  readonly actions?: ReactNode;
};

/** The whole form of one connection outside the wizard: fills, judges and saves it. */
export function ConnectionEditor({ saved, submitLabel, onSaved, actions }: Props): ReactElement {
  const known = saved ? [saved] : [];
  const typed = saved ? { choice: "saved" as const, connectionId: saved.id } : { choice: "new" as const };
  const form = useForm<ChoiceForm, unknown, CheckedChoice>({
    resolver: choiceResolver(known),
    defaultValues: choiceDefaults(typed, known, true),
    reValidateMode: "onBlur",
    shouldFocusError: false,
  });
  const save = useSaveChoice(known);
  const buttons = (
    <>
      <Button type="submit" loading={form.formState.isSubmitting}>
        {submitLabel}
      </Button>
      {actions}
    </>
  );

  return (
    <FormProvider {...form}>
      <StepForm form={form} onSubmit={async (choice) => onSaved(await save(choice))} actions={buttons}>
        {saved && saved.flowNames.length > 0 && <Callout kind="info" title={formCopy.usedBy(saved.flowNames)} />}
        {!saved && <NewLogin plays="source" />}
        <ConnectionFields saved={saved} resumed={false} />
      </StepForm>
    </FormProvider>
  );
}
