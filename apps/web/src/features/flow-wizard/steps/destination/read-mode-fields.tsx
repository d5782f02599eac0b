import type { Stream } from "@headgate/contract";
import { readModesFor } from "@headgate/core";
import { Badge } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { ChangesFields } from "./changes/changes-fields.tsx";
import { destinationCopy, readModeWords } from "./copy.ts";
import type { DestinationForm } from "./destination-form.ts";
import classes from "./destination.module.css";

/** Which rows every run reads; where there is nothing to choose, why. */
export function ReadModeFields({ source }: { readonly source: Stream }): ReactElement | null {
  const form = useFormContext<DestinationForm>();
  const { writeMode, readMode } = useFormValues(form);
  if (writeMode === "") return null;
  const modes = readModesFor(writeMode, source);
  if (modes.length === 1) return <p className={classes.note}>{destinationCopy.readsAll}</p>;
  return (
    <div className={classes.stack}>
      <RadioCards
        id={fieldId("readMode")}
        legend={destinationCopy.readMode}
        name="readMode"
        value={readMode}
        columns={2}
        onChange={(mode) => form.setValue("readMode", mode as DestinationForm["readMode"], { shouldDirty: true })}
        error={form.formState.errors.readMode?.message}
      >
        {modes.map((mode, place) => (
          <RadioCard
            key={mode}
            value={mode}
            title={readModeWords(mode, writeMode).title}
            text={readModeWords(mode, writeMode).sentence}
            badge={
              place === 0 ? (
                <Badge variant="light" tt="none">
                  {destinationCopy.recommended}
                </Badge>
              ) : undefined
            }
          />
        ))}
      </RadioCards>
      {readMode === "incremental" && <ChangesFields writeMode={writeMode} source={source} />}
    </div>
  );
}
