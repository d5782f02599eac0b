import { intervalUnits } from "@headgate/contract";
import type { ReactElement } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { NumberField } from "../../../../ui/number-field.tsx";
import { SelectField } from "../../../../ui/select-field.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { scheduleCopy, unitNames } from "./copy.ts";
import type { ScheduleForm } from "./schedule-form.ts";
import { WeeklyFields } from "./weekly-fields.tsx";
import classes from "./schedule.module.css";

const unitOptions = intervalUnits.map((unit) => ({ value: unit, label: unitNames[unit] }));

/** What only the chosen kind of schedule asks. */
export function KindFields(): ReactElement | null {
  const { control } = useFormContext<ScheduleForm>();
  const kind = useWatch({ control, name: "kind" });
  switch (kind) {
    case "manual":
      return null;
    case "every":
      return (
        <div className={classes.every}>
          <NumberField control={control} name="every" label={scheduleCopy.every} maxWidth="100%" />
          <SelectField control={control} name="unit" label={scheduleCopy.unit} options={unitOptions} />
        </div>
      );
    case "weekly":
      return <WeeklyFields />;
    case "cron":
      return (
        <TextField
          control={control}
          name="expression"
          label={scheduleCopy.cron}
          hint={scheduleCopy.cronHint}
          verbatim
          autoComplete="off"
          maxWidth="22rem"
        />
      );
  }
}
