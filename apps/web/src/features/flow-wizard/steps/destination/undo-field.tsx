import { Checkbox } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { undoCopy } from "./copy.ts";
import type { DestinationForm } from "./destination-form.ts";

/** Whether the last run shall be undone one day; says what that costs. Only where Headgate may keep rows. */
export function UndoField(): ReactElement | null {
  const form = useFormContext<DestinationForm>();
  const { keepsState, keepsUndo } = useFormValues(form);
  if (keepsState === "headgate") return null;
  return (
    <Checkbox
      label={undoCopy.label}
      description={undoCopy.hint}
      error={form.formState.errors.keepsUndo?.message}
      checked={keepsUndo}
      onChange={({ currentTarget: { checked } }) => form.setValue("keepsUndo", checked, { shouldDirty: true })}
    />
  );
}
