import { weekdays, type Weekday } from "@headgate/contract";
import { ActionIcon, Button, Chip, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../ui/field.ts";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { dayNames, scheduleCopy } from "./copy.ts";
import type { ScheduleForm } from "./schedule-form.ts";
import classes from "./schedule.module.css";

/** Days of the week and times of the day. */
export function WeeklyFields(): ReactElement {
  const form = useFormContext<ScheduleForm>();
  const { days, times } = useFormValues(form);
  const { errors } = form.formState;
  const setTimes = (next: string[]): void => form.setValue("times", next, { shouldDirty: true });
  const timeFault = (index: number): string | undefined => {
    const all = errors.times as readonly ({ message?: string } | undefined)[] | undefined;
    return all?.[index]?.message;
  };

  return (
    <>
      <fieldset id={fieldId("days")} className={classes.group}>
        <legend className={classes.legend}>{scheduleCopy.days}</legend>
        {errors.days && <p className={classes.error}>{errors.days.message}</p>}
        <div className={classes.chips}>
          <Chip.Group
            multiple
            value={days}
            onChange={(chosen) => form.setValue("days", chosen as Weekday[], { shouldDirty: true })}
          >
            {weekdays.map((day) => (
              <Chip key={day} value={day} size="md" variant="outline" classNames={{ label: classes.chip ?? "" }}>
                {dayNames[day]}
              </Chip>
            ))}
          </Chip.Group>
        </div>
      </fieldset>
      <fieldset id={fieldId("times")} className={classes.group}>
        <legend className={classes.legend}>{scheduleCopy.times}</legend>
        {errors.times?.message && <p className={classes.error}>{errors.times.message}</p>}
        <div className={classes.times}>
          {times.map((time, index) => (
            // Times have no identity of their own: two may be equal while one is being typed.
            <div key={index} className={classes.time}>
              <TextInput
                id={fieldId(`times.${index}`)}
                type="time"
                aria-label={scheduleCopy.time(index + 1)}
                value={time}
                error={timeFault(index)}
                onChange={(event) => setTimes(times.with(index, event.currentTarget.value))}
              />
              {times.length > 1 && (
                <ActionIcon
                  variant="subtle"
                  size="lg"
                  aria-label={scheduleCopy.removeTime(time)}
                  onClick={() => setTimes(times.toSpliced(index, 1))}
                >
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
              )}
            </div>
          ))}
          <Button
            variant="default"
            leftSection={<IconPlus size={17} aria-hidden />}
            disabled={times.length >= 24}
            onClick={() => setTimes([...times, "12:00"])}
          >
            {scheduleCopy.addTime}
          </Button>
        </div>
      </fieldset>
    </>
  );
}
