import { scheduleSchema } from "@headgate/contract";
import { validateSchedule, type StepFault } from "@headgate/core";
import type { ReactElement } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { browserTimeZone } from "../../../../lib/format/time.ts";
import { fieldId } from "../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { StepForm } from "../../../../ui/step-form.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { WithAside } from "../../../../ui/with-aside.tsx";
import { StepActions } from "../../layout/step-actions.tsx";
import type { StepProps } from "../../step-props.ts";
import { stepResolver } from "../../step-resolver.ts";
import { useTyped } from "../../use-typed.ts";
import { kindCards, missedCards, scheduleCopy } from "./copy.ts";
import { KindFields } from "./kind-fields.tsx";
import { NextRuns } from "./next-runs.tsx";
import { readySchedule, scheduleDefaults, typedSchedule, type ScheduleForm } from "./schedule-form.ts";
import { TimingFields } from "./timing-fields.tsx";
import classes from "./schedule.module.css";

/** Step 6: when the flow runs. */
export function ScheduleStep({ draft, saver, goOn }: StepProps<"schedule">): ReactElement {
  const form = useForm({
    resolver: stepResolver("schedule", draft, typedSchedule, calendarFaults),
    defaultValues: scheduleDefaults(draft.steps.schedule, browserTimeZone()),
    shouldFocusError: false,
  });
  const values = useFormValues(form);
  useTyped(form, (edited) => saver.keep(typedSchedule(edited)));

  return (
    <FormProvider {...form}>
      <StepForm
        form={form}
        onSubmit={(answers) => saver.finish(answers).then(goOn)}
        actions={<StepActions saver={saver} busy={form.formState.isSubmitting} />}
      >
        <WithAside aside="narrow">
          <SectionCard>
            <div className={classes.stack}>
              <RadioCards
                id={fieldId("kind")}
                legend={scheduleCopy.when}
                name="kind"
                value={values.kind}
                columns={2}
                onChange={(kind) => {
                  form.clearErrors();
                  form.setValue("kind", kind as ScheduleForm["kind"], { shouldDirty: true });
                }}
              >
                {Object.entries(kindCards).map(([kind, { title, text }]) => (
                  <RadioCard key={kind} value={kind} title={title} text={text} />
                ))}
              </RadioCards>
              <KindFields />
              {values.kind !== "manual" && (
                <>
                  <TimingFields />
                  <RadioCards
                    id={fieldId("missed")}
                    legend={scheduleCopy.missed}
                    name="missed"
                    value={values.missed}
                    onChange={(missed) =>
                      form.setValue("missed", missed as ScheduleForm["missed"], { shouldDirty: true })
                    }
                  >
                    {Object.entries(missedCards).map(([missed, { title, text }]) => (
                      <RadioCard key={missed} value={missed} title={title} text={text} />
                    ))}
                  </RadioCards>
                </>
              )}
            </div>
          </SectionCard>
          <SectionCard title={scheduleCopy.nextTitle}>
            <NextRuns schedule={readySchedule(values)} />
          </SectionCard>
        </WithAside>
      </StepForm>
    </FormProvider>
  );
}

/** What only a look at the calendar tells; the server asks the same. */
function calendarFaults(form: ScheduleForm): readonly StepFault[] {
  const schedule = scheduleSchema.safeParse(typedSchedule(form)).data;
  return schedule ? validateSchedule(schedule) : [];
}
