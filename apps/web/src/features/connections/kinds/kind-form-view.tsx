import type { DestinationKind } from "@headgate/contract";
import { useEffect, useRef, type ComponentType, type ReactElement, type ReactNode } from "react";
import { FormProvider, useForm, useFormContext, type DefaultValues, type FieldPath } from "react-hook-form";
import { Callout } from "../../../ui/callout.tsx";
import { StepForm } from "../../../ui/step-form.tsx";
import { TextField } from "../../../ui/text-field.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import { kindsCopy } from "./copy.ts";
import type { KindFieldsProps } from "./kind-fields-props.ts";
import {
  kindResolver,
  secretsAskedAgain,
  type KindAnswers,
  type KindForm,
  type KindRules,
  type StoredKind,
} from "./kind-rules.ts";
import classes from "./kinds.module.css";

export type KindFormProps<K extends DestinationKind> = {
  /** The saved connection to change; leave it out for a new one. */
  readonly stored?: (StoredKind<K> & { readonly flowNames: readonly string[] }) | undefined;
  /** Rejects with the server's problem, which is shown at the fields. */
  readonly onSubmit: (answers: KindAnswers<K>) => Promise<unknown>;
  readonly actions: (busy: boolean) => ReactNode;
  /** Between the fields and the buttons. */
  readonly children?: ReactNode;
};

type Props<K extends DestinationKind, F extends KindForm> = KindFormProps<K> & {
  readonly rules: KindRules<K, F>;
  readonly legend: string;
  readonly fields: ComponentType<KindFieldsProps<K>>;
};

/** The whole form of a connection to one kind of destination: fills, judges, and hands on what is to be saved. */
export function KindFormView<K extends DestinationKind, F extends KindForm>(props: Props<K, F>): ReactElement {
  const { rules, legend, fields: Fields, stored, onSubmit, actions, children } = props;
  const form = useForm<F, unknown, KindAnswers<K>>({
    resolver: kindResolver(rules, stored),
    defaultValues: { name: stored?.name ?? "", ...rules.defaults(stored?.settings) } as DefaultValues<F>,
    reValidateMode: "onBlur",
    shouldFocusError: false,
  });
  const again = secretsAskedAgain(rules, stored, useFormValues(form));
  return (
    <FormProvider {...form}>
      <StepForm form={form} onSubmit={onSubmit} actions={actions(form.formState.isSubmitting)}>
        {stored && stored.flowNames.length > 0 && <Callout kind="info" title={kindsCopy.usedBy(stored.flowNames)} />}
        <fieldset className={classes.fields}>
          <legend className="visually-hidden">{legend}</legend>
          <Fields stored={stored} again={again} />
          <NameField rules={rules} />
        </fieldset>
        {children}
      </StepForm>
    </FormProvider>
  );
}

/** The connection's name, which follows what is typed until the person chooses another. */
function NameField<K extends DestinationKind, F extends KindForm>({ rules }: { readonly rules: KindRules<K, F> }) {
  const form = useFormContext<KindForm>();
  const { settings } = useFormValues(form);
  const suggested = rules.nameFor(settings as F["settings"]);
  const offered = useRef(suggested);
  useEffect(() => {
    const name = form.getValues("name");
    if (name === "" || name === offered.current) form.setValue("name", suggested);
    offered.current = suggested;
  }, [form, suggested]);
  return (
    <TextField
      control={form.control}
      name={"name" as FieldPath<KindForm>}
      label={kindsCopy.name}
      hint={kindsCopy.nameHint}
      autoComplete="off"
    />
  );
}
