import type { PostgresConnection } from "@headgate/contract";
import { useEffect, useRef } from "react";
import { useFormContext } from "react-hook-form";
import type { ChoiceForm } from "./connection-choice.ts";
import { suggestedName } from "./connection-form.ts";
import { suggestedTlsMode } from "./suggested-tls.ts";

/**
 * Offers a name and an encryption that follow from what is typed, until the person chooses their own. The answer tells
 * it whether the encryption is now a choice, and answers what it was before.
 */
export function useSuggestions(
  saved: PostgresConnection | undefined,
  values: ChoiceForm,
): (chosen: boolean) => boolean {
  const form = useFormContext<ChoiceForm>();
  const { host, database, tlsMode } = values.settings;
  const suggested = suggestedTlsMode(values.settings, values.signIn);
  const tlsChosen = useRef(saved !== undefined || tlsMode !== suggested);
  const offered = useRef({ name: suggestedName(database, host), tlsMode });
  // A flow's people know its connection by name; before there is one, a misspelt address need not stay in it.
  const known = saved !== undefined && saved.flowNames.length > 0;

  useEffect(() => {
    const name = form.getValues("name");
    const next = suggestedName(database, host);
    if (!known && (name === "" || name === offered.current.name)) form.setValue("name", next);
    offered.current.name = next;
  }, [form, known, host, database]);

  useEffect(() => {
    if (form.getValues("settings.tlsMode") !== offered.current.tlsMode) tlsChosen.current = true;
    if (tlsChosen.current) return;
    offered.current.tlsMode = suggested;
    form.setValue("settings.tlsMode", suggested);
  }, [form, suggested, tlsMode]);

  return (chosen) => {
    const before = tlsChosen.current;
    tlsChosen.current = chosen;
    return before;
  };
}
