import { useEffect } from "react";
import { fieldId } from "../../ui/field.ts";

/** Puts the focus into the field a link named, once, when the step opens. */
export function useStartField(name: string | undefined): void {
  useEffect(() => {
    if (name === undefined) return;
    const field = document.getElementById(fieldId(name));
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  }, [name]);
}
