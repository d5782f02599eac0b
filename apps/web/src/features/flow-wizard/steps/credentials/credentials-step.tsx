import type { PostgresConnection } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { ErrorCallout } from "../../../../ui/error-callout.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { StepForm } from "../../../../ui/step-form.tsx";
import {
  choiceDefaults,
  choiceResolver,
  typedChoice,
  withFirst,
  type CheckedChoice,
  type ChoiceForm,
} from "../../../connections/form/connection-choice.ts";
import { ConnectionChoice } from "../../../connections/form/connection-choice-fields.tsx";
import { databases } from "../../../connections/databases.ts";
import { formCopy } from "../../../connections/form/copy.ts";
import { useSaveChoice } from "../../../connections/form/use-save-choice.ts";
import { connectionQueries } from "../../../connections/queries.ts";
import { StepActions } from "../../layout/step-actions.tsx";
import { useSaveStep } from "../../queries.ts";
import type { StepProps } from "../../step-props.ts";
import { useStartField } from "../../use-start-field.ts";
import { useTyped } from "../../use-typed.ts";

type Props = StepProps<"credentials">;

/** Step 1: which database the rows come from. */
export function CredentialsStep(props: Props): ReactElement {
  const connections = useQuery(connectionQueries.list());
  if (connections.data) return <Credentials {...props} connections={databases(connections.data)} />;
  return connections.isError ? <ErrorCallout error={connections.error} /> : <Skeletons lines={5} />;
}

function Credentials({
  draft,
  saver,
  goOn,
  field,
  connections,
}: Props & { readonly connections: PostgresConnection[] }) {
  const typed = draft.steps.credentials ?? {};
  const form = useForm<ChoiceForm, unknown, CheckedChoice>({
    resolver: choiceResolver(connections),
    defaultValues: choiceDefaults(typed, connections, field !== undefined),
    reValidateMode: "onBlur",
    // The error summary takes the focus; its lines lead to the fields.
    shouldFocusError: false,
  });
  const save = useSaveChoice(connections);
  const [first] = useState(typed.connectionId);
  const { mutateAsync: saveStep } = useSaveStep(draft.id);
  useTyped(form, (values) => saver.keep(typedChoice(values)));
  useStartField(field);

  async function submit(choice: CheckedChoice): Promise<void> {
    const connection = await save(choice);
    const isNew = choice.selection === "new" || (typed.choice === "new" && typed.connectionId === connection.id);
    await saver.finish({ choice: isNew ? "new" : "saved", connectionId: connection.id });
    // From here on the form belongs to this connection: a second Continue changes it instead of making another.
    form.setValue("selection", connection.id);
    const { test } = draft.steps;
    const old = test?.connectionRevision !== undefined && test.connectionRevision !== connection.revision;
    // What was changed has not been tested, whatever an earlier state of it could do.
    if (old) await saveStep({ step: "test", values: {}, finished: false });
    goOn();
  }

  return (
    <FormProvider {...form}>
      <StepForm
        form={form}
        onSubmit={submit}
        actions={<StepActions saver={saver} busy={form.formState.isSubmitting} />}
      >
        <SectionCard>
          <ConnectionChoice
            connections={withFirst(connections, first)}
            legend={formCopy.choose}
            resumed={typed.form !== undefined}
          />
        </SectionCard>
      </StepForm>
    </FormProvider>
  );
}
