import { useEffect } from "react";
import { fieldId } from "../../ui/field.ts";
import { reveal } from "../../ui/reveal.ts";

/** Puts the focus into the field a link named, once, when the step opens. */
export function useStartField(name: string | undefined): void {
  useEffect(() => {
    if (name === undefined) return;
    const field = document.getElementById(fieldId(name));
    if (field) reveal(field);
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  }, [name]);
}
