import { writeModeRules } from "@headgate/core";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { badRowsCards, destinationCopy, notReadAgain } from "./copy.ts";
import type { DestinationForm } from "./destination-form.ts";
import classes from "./destination.module.css";

/** What becomes of a run when the destination refuses single rows; no choice where a missing row would be a lie. */
export function BadRowsFields(): ReactElement | null {
  const form = useFormContext<DestinationForm>();
  const { writeMode, readMode, badRows } = useFormValues(form);
  if (writeMode === "") return null;
  if (!writeModeRules[writeMode].setsAside) return <p className={classes.note}>{destinationCopy.stops}</p>;
  return (
    <RadioCards
      id={fieldId("badRows")}
      legend={destinationCopy.badRows}
      name="badRows"
      value={badRows}
      columns={2}
      hint={readMode === "incremental" ? notReadAgain : undefined}
      onChange={(value) => form.setValue("badRows", value as DestinationForm["badRows"], { shouldDirty: true })}
    >
      {(["set_aside", "stop"] as const).map((value) => (
        <RadioCard key={value} value={value} title={badRowsCards[value].title} text={badRowsCards[value].sentence} />
      ))}
    </RadioCards>
  );
}
