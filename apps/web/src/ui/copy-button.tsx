import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState, type ReactElement } from "react";

type Props = {
  readonly text: string;
  readonly label?: string;
  /** What a screen reader hears when "Copy" alone would not say what. */
  readonly describe?: string;
  readonly variant?: "default" | "subtle" | "light";
};

/** Copies a text and says so, in the button and aloud. */
export function CopyButton({ text, label = "Copy", describe, variant = "default" }: Props): ReactElement {
  const [state, setState] = useState<"ready" | "copied" | "refused">("ready");
  useEffect(() => {
    if (state === "ready") return;
    const timer = setTimeout(() => setState("ready"), 2500);
    return () => clearTimeout(timer);
  }, [state]);

  function copy(): void {
    copyText(text).then(
      () => setState("copied"),
      () => setState("refused"),
    );
  }

  const words = { ready: label, copied: "Copied", refused: "Select the text and copy it by hand" }[state];
  return (
    <>
      <Button
        size="sm"
        variant={variant}
        onClick={copy}
        leftSection={state === "copied" ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        aria-label={state === "ready" ? describe : undefined}
      >
        {words}
      </Button>
      <span className="visually-hidden" role="status">
        {state === "ready" ? "" : words}
      </span>
    </>
  );
}

/** Pages served over plain http from another machine have no clipboard; the old way still works there. */
async function copyText(text: string): Promise<void> {
  // Absent outside secure contexts, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) return clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("The browser refused to copy.");
}
