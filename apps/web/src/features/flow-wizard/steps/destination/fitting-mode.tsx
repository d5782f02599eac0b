import type { Stream, UniqueKey } from "@headgate/contract";
import { readModesFor, writeModeRules } from "@headgate/core";
import { useEffect, useRef } from "react";
import { useFormContext } from "react-hook-form";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { fittingChanges } from "./changes/fitting-changes.ts";
import type { DestinationForm } from "./destination-form.ts";
import { keyId } from "./sync-key.ts";

type Props = {
  /** Whether the table, and so its keys, are known. */
  readonly settled: boolean;
  readonly keys: readonly UniqueKey[];
  readonly source: Stream;
  /** Told what the form holds once everything fits, so that what is shown is also what is saved. */
  readonly onFitted: (form: DestinationForm) => void;
};

/** Chooses what suits the table until the person does; an answer that cannot work any more makes room for one that can. */
export function FittingMode({ settled, keys, source, onFitted }: Props): null {
  const form = useFormContext<DestinationForm>();
  const { getValues, setValue } = form;
  const { writeMode } = useFormValues(form);
  const { kind } = source;
  const known = JSON.stringify(keys.map((key) => key.columns));
  const tell = useRef(onFitted);
  /** Whether the mode leaves no choice of what is read; then what stands there was nobody's choice. */
  const forced = useRef(writeMode !== "" && readModesFor(writeMode, source).length === 1);
  useEffect(() => {
    tell.current = onFitted;
  });
  useEffect(() => {
    if (!settled) return;
    const choices = JSON.parse(known) as string[][];
    // Before the form's own first effect, what was set cannot be read back from it yet.
    const fitting = { ...getValues() };
    const needsKey = fitting.writeMode !== "" && writeModeRules[fitting.writeMode].needsSyncKey;
    if (fitting.writeMode === "" || (needsKey && choices.length === 0)) {
      fitting.writeMode = choices.length > 0 ? "upsert" : "append";
      setValue("writeMode", fitting.writeMode);
    }
    const reads = readModesFor(fitting.writeMode, { kind });
    const wanted = forced.current ? "" : fitting.readMode;
    forced.current = reads.length === 1;
    const fits = reads.find((read) => read === wanted) ?? reads[0] ?? "full";
    if (fits !== fitting.readMode) setValue("readMode", fits);
    fitting.readMode = fits;
    const found = fittingChanges(fitting.changes, fitting.writeMode, kind);
    if (found !== fitting.changes) setValue("changes", found);
    fitting.changes = found;
    if (!choices.some((columns) => keyId(columns) === keyId(fitting.syncKey))) {
      fitting.syncKey = choices[0] ?? [];
      setValue("syncKey", fitting.syncKey);
    }
    tell.current(fitting);
  }, [getValues, setValue, known, settled, kind, writeMode]);
  return null;
}
