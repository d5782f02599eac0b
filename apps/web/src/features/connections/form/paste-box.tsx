import { parseConnectionText } from "@headgate/core";
import { Box, Button, Textarea } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { Callout } from "../../../ui/callout.tsx";
import type { ChoiceForm } from "./connection-choice.ts";
import { formCopy } from "./copy.ts";

type Outcome =
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly message: string }
  | {
      readonly kind: "filled";
      readonly count: number;
      readonly notes: readonly string[];
      readonly before: ChoiceForm;
      readonly tlsBefore: boolean;
    }
  | { readonly kind: "undone" };

type Props = {
  /** Told whether encryption is now a choice and no longer a suggestion; answers what it was before. */
  readonly chooseTls: (chosen: boolean) => boolean;
};

/** Takes a connection string apart into the form. What it holds may be secret, so the box empties itself. */
export function PasteBox({ chooseTls }: Props): ReactElement {
  const form = useFormContext<ChoiceForm>();
  const [text, setText] = useState("");
  const [outcome, setOutcome] = useState<Outcome>({ kind: "none" });

  function fill(pasted: string): boolean {
    if (pasted.trim() === "") return false;
    const parsed = parseConnectionText(pasted);
    if (parsed.status === "refused") {
      setOutcome({ kind: "refused", message: parsed.message });
      return false;
    }
    const { password, tlsMode, port, ...words } = parsed.fields;
    const settings = { ...words, ...(port === undefined ? {} : { port: String(port) }), ...(tlsMode && { tlsMode }) };
    const count = Object.keys(settings).length + (password === undefined ? 0 : 1);
    if (count === 0) {
      setOutcome({ kind: "refused", message: formCopy.nothingFilled });
      return false;
    }
    const before = structuredClone(form.getValues());
    for (const [name, value] of Object.entries(settings)) {
      form.setValue(`settings.${name}` as "settings.host", value, { shouldDirty: true, shouldTouch: true });
    }
    if (password !== undefined) form.setValue("secrets.password", password, { shouldDirty: true });
    form.clearErrors();
    setText("");
    const tlsBefore = chooseTls(tlsMode !== undefined);
    setOutcome({ kind: "filled", count, notes: parsed.notes, before, tlsBefore });
    return true;
  }

  function undo(before: ChoiceForm, tlsBefore: boolean): void {
    chooseTls(tlsBefore);
    form.setValue("settings", before.settings);
    form.setValue("secrets", before.secrets);
    form.setValue("name", before.name);
    setOutcome({ kind: "undone" });
  }

  return (
    <div>
      <Textarea
        label={formCopy.paste}
        description={formCopy.pasteHint}
        rows={2}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        error={outcome.kind === "refused" ? outcome.message : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onPaste={(event) => {
          if (text === "" && fill(event.clipboardData.getData("text"))) event.preventDefault();
        }}
      />
      {text !== "" && (
        <Button mt="xs" variant="default" onClick={() => fill(text)}>
          {formCopy.fill}
        </Button>
      )}
      <Box role="status" mt={outcome.kind === "filled" ? "sm" : 0}>
        {outcome.kind === "filled" && (
          <Callout
            kind="success"
            title={formCopy.filled(outcome.count)}
            actions={
              <Button size="sm" variant="default" onClick={() => undo(outcome.before, outcome.tlsBefore)}>
                {formCopy.undo}
              </Button>
            }
          >
            {outcome.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </Callout>
        )}
        {outcome.kind === "undone" && <p>{formCopy.undone}</p>}
      </Box>
    </div>
  );
}
