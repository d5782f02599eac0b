import type { Connection } from "@headgate/contract";
import { readPasted } from "@headgate/core";
import { Box, Button, Textarea } from "@mantine/core";
import { useRef, useState, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import type { ChoiceForm } from "../connection-choice.ts";
import { formCopy } from "../copy.ts";
import { FilledCallout } from "./filled-callout.tsx";
import { fillFromPasted, type Asks, type Filling } from "./fill-from-pasted.ts";
import { useHighlight } from "./use-highlight.ts";

type Before = { readonly form: ChoiceForm; readonly tlsChosen: boolean };
type Outcome =
  | { readonly kind: "none" | "undone" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "filled"; readonly filling: Filling; readonly before: Before };

type Props = {
  /** The connection being changed keeps its name. */
  readonly saved: Connection | undefined;
  /** Told whether encryption is now a choice and no longer a suggestion; answers what it was before. */
  readonly chooseTls: (chosen: boolean) => boolean;
  readonly onAsks: (asks: Asks) => void;
};

/** Takes whatever a person was given apart into the form. What it holds may be secret, so the box empties itself. */
export function PasteBox({ saved, chooseTls, onAsks }: Props): ReactElement {
  const form = useFormContext<ChoiceForm>();
  const [text, setText] = useState("");
  const [outcome, setOutcome] = useState<Outcome>({ kind: "none" });
  const box = useRef<HTMLTextAreaElement>(null);
  const highlight = useHighlight();

  function put(values: Filling["values"]): void {
    form.setValue("signIn", values.signIn, { shouldDirty: true });
    form.setValue("settings", values.settings, { shouldDirty: true });
    form.setValue("secrets", values.secrets, { shouldDirty: true });
    form.setValue("entraSecretExpires", values.entraSecretExpires);
    form.setValue("name", values.name, { shouldDirty: true });
    form.clearErrors();
  }

  function fill(pasted: string): boolean {
    if (pasted.trim() === "") return false;
    const read = readPasted(pasted);
    const filling = read.status === "parsed" ? fillFromPasted(form.getValues(), read, saved !== undefined) : undefined;
    if (!filling || filling.names.length === 0) {
      const message = read.status === "refused" ? read.message : formCopy.nothingFilled;
      setOutcome({ kind: "refused", message });
      return false;
    }
    const before = structuredClone(form.getValues());
    put(filling.values);
    setText("");
    onAsks(filling.asks);
    highlight(filling.names);
    setOutcome({ kind: "filled", filling, before: { form: before, tlsChosen: chooseTls(filling.tlsGiven) } });
    return true;
  }

  function undo(before: Before): void {
    chooseTls(before.tlsChosen);
    put(before.form);
    onAsks({});
    highlight([]);
    setOutcome({ kind: "undone" });
    // The button that had the focus is gone.
    box.current?.focus();
  }

  return (
    <div>
      <Textarea
        ref={box}
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
        <Button
          mt="xs"
          variant="default"
          onClick={() => {
            if (fill(text)) box.current?.focus();
          }}
        >
          {formCopy.fill}
        </Button>
      )}
      <Box role="status" mt={outcome.kind === "filled" ? "sm" : 0}>
        {outcome.kind === "filled" && <FilledCallout filling={outcome.filling} onUndo={() => undo(outcome.before)} />}
        {outcome.kind === "undone" && <p>{formCopy.undone}</p>}
      </Box>
    </div>
  );
}
