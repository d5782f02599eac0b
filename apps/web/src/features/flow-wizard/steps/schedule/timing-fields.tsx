import { useMemo, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { timeZoneOptions } from "../../../../lib/format/time-zones.ts";
import { SelectField } from "../../../../ui/select-field.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { scheduleCopy } from "./copy.ts";
import type { ScheduleForm } from "./schedule-form.ts";
import classes from "./schedule.module.css";

/** Whose clocks count, and from when. */
export function TimingFields(): ReactElement {
  const { control } = useFormContext<ScheduleForm>();
  const zones = useMemo(() => timeZoneOptions(), []);
  return (
    <div className={classes.pair}>
      <SelectField
        control={control}
        name="timeZone"
        label={scheduleCopy.timeZone}
        hint={scheduleCopy.timeZoneHint}
        options={zones}
        searchable
      />
      <TextField
        control={control}
        name="startAt"
        type="datetime-local"
        label={scheduleCopy.startAt}
        hint={scheduleCopy.startAtHint}
      />
    </div>
  );
}
