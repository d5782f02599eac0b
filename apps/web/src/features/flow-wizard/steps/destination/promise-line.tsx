import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { destinationCopy } from "./copy.ts";
import type { DestinationForm } from "./destination-form.ts";
import { promiseOf, writeModeCard } from "./write-mode-cards.ts";
import classes from "./destination.module.css";

/** What Headgate promises for the chosen combination; below all choices, so that its length moves none of them. */
export function PromiseLine(): ReactElement | null {
  const { writeMode, readMode, badRows, keepsState } = useFormValues(useFormContext<DestinationForm>());
  if (writeMode === "") return null;
  return (
    <p className={classes.promise}>
      <strong>{destinationCopy.promise}</strong>{" "}
      {promiseOf(writeModeCard(writeMode, readMode || "full"), badRows, keepsState)}
    </p>
  );
}
