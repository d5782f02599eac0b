import { useState, type ReactElement, type ReactNode, type SyntheticEvent } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { ErrorCallout } from "./error-callout.tsx";
import { FormErrors, messagesOf } from "./form-errors.tsx";
import { showProblemAtFields } from "./problem-fields.ts";
import classes from "./step-form.module.css";

type Props<T extends FieldValues, C, O> = {
  /** Made with `shouldFocusError: false`: the summary takes the focus, not the first field. */
  readonly form: UseFormReturn<T, C, O>;
  /** Rejects when saving did not work; a refusal that names fields is shown there, anything else at the top. */
  readonly onSubmit: (values: O) => Promise<unknown>;
  readonly children: ReactNode;
  /** The row of buttons at the end. */
  readonly actions?: ReactNode;
  /** Needed when a button outside the form submits it. */
  readonly id?: string;
  readonly label?: string;
};

/** A form that says what is wrong twice, at the top and at the field, in the same words, and loses nothing typed. */
export function StepForm<T extends FieldValues, C, O>(props: Props<T, C, O>): ReactElement {
  const { form, onSubmit, children, actions, id, label } = props;
  const [attempt, setAttempt] = useState(0);
  const [refusal, setRefusal] = useState<unknown>();
  const { errors } = form.formState;

  async function submit(event: SyntheticEvent): Promise<void> {
    // Forms in a dialog would otherwise also submit the form of the page behind it.
    event.stopPropagation();
    setRefusal(undefined);
    await form.handleSubmit(
      async (values) => {
        try {
          await onSubmit(values);
          setAttempt(0);
        } catch (error) {
          if (!showProblemAtFields(form, error)) setRefusal(error);
          setAttempt((count) => count + 1);
        }
      },
      () => setAttempt((count) => count + 1),
    )(event);
  }

  return (
    <form id={id} aria-label={label} noValidate onSubmit={(event) => void submit(event)} className={classes.form}>
      <FormErrors messages={messagesOf(errors)} attempt={attempt} />
      {refusal !== undefined && <ErrorCallout error={refusal} />}
      {children}
      {actions && <div className={classes.actions}>{actions}</div>}
    </form>
  );
}
