import { writeModeRules } from "@headgate/core";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { badRowsCards, destinationCopy } from "./copy.ts";
import type { DestinationForm } from "./destination-form.ts";

/** What becomes of a run when the destination refuses single rows; absent where a missing row would be a lie. */
export function BadRowsFields(): ReactElement | null {
  const form = useFormContext<DestinationForm>();
  const { writeMode, badRows } = useFormValues(form);
  if (writeMode === "" || !writeModeRules[writeMode].setsAside) return null;
  return (
    <RadioCards
      id={fieldId("badRows")}
      legend={destinationCopy.badRows}
      name="badRows"
      value={badRows}
      onChange={(value) => form.setValue("badRows", value as DestinationForm["badRows"], { shouldDirty: true })}
    >
      {(["set_aside", "stop"] as const).map((value) => (
        <RadioCard key={value} value={value} title={badRowsCards[value].title} text={badRowsCards[value].sentence} />
      ))}
    </RadioCards>
  );
}
