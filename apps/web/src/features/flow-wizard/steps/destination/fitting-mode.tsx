import type { UniqueKey } from "@headgate/contract";
import { useEffect, useRef } from "react";
import { useFormContext } from "react-hook-form";
import type { DestinationForm } from "./destination-form.ts";
import { keyId } from "./sync-key.ts";

type Props = {
  /** Whether the table, and so its keys, are known. */
  readonly settled: boolean;
  readonly keys: readonly UniqueKey[];
  /** Told what the form holds once everything fits, so that what is shown is also what is saved. */
  readonly onFitted: (form: DestinationForm) => void;
};

/** Chooses what suits the table until the person does; an answer that cannot work any more makes room for one that can. */
export function FittingMode({ settled, keys, onFitted }: Props): null {
  const { getValues, setValue } = useFormContext<DestinationForm>();
  const known = JSON.stringify(keys.map((key) => key.columns));
  const tell = useRef(onFitted);
  useEffect(() => {
    tell.current = onFitted;
  });
  useEffect(() => {
    if (!settled) return;
    const choices = JSON.parse(known) as string[][];
    // Before the form's own first effect, what was set cannot be read back from it yet.
    const fitting = { ...getValues() };
    if (fitting.writeMode === "" || (fitting.writeMode === "upsert" && choices.length === 0)) {
      fitting.writeMode = choices.length > 0 ? "upsert" : "append";
      setValue("writeMode", fitting.writeMode);
    }
    if (!choices.some((columns) => keyId(columns) === keyId(fitting.syncKey))) {
      fitting.syncKey = choices[0] ?? [];
      setValue("syncKey", fitting.syncKey);
    }
    tell.current(fitting);
  }, [getValues, setValue, known, settled]);
  return null;
}
