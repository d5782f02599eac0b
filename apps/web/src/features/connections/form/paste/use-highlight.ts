import { useEffect, useState } from "react";
import { fieldId } from "../../../../ui/field.ts";

/** Long enough to look down the form once. */
const shownMilliseconds = 4000;

/**
 * Marks fields for a moment, so that the eye finds what was filled; what they are is said in words elsewhere. Fields
 * that appear with the filling are found too, as it looks for them after the next paint.
 */
export function useHighlight(): (names: readonly string[]) => void {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    const fields = names.flatMap((name) => document.getElementById(fieldId(name)) ?? []);
    for (const field of fields) field.dataset["justFilled"] = "";
    const clear = (): void => {
      for (const field of fields) delete field.dataset["justFilled"];
    };
    const timer = setTimeout(clear, shownMilliseconds);
    return () => {
      clearTimeout(timer);
      clear();
    };
  }, [names]);
  return setNames;
}
