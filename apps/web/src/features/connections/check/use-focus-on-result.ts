import { useEffect, useRef, type RefObject } from "react";
import type { CheckPhase } from "./use-connection-check.ts";

/**
 * Puts the focus on what came of a test, and that into view, for whoever waits for it. Whoever has gone on to
 * something else in the meantime, such as a field of the form beside it, is left in peace.
 */
export function useFocusOnResult(
  panel: RefObject<HTMLElement | null>,
  phase: CheckPhase,
): RefObject<HTMLDivElement | null> {
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (phase === "idle" || phase === "running" || !panel.current || !isWaiting(panel.current)) return;
    result.current?.focus({ preventScroll: true });
    result.current?.scrollIntoView({ block: "nearest" });
  }, [panel, phase]);
  return result;
}

/** The focus is still where it is when a page has just opened, or on the button that began or ended the test. */
function isWaiting(panel: HTMLElement): boolean {
  const { activeElement, body } = document;
  if (!activeElement || activeElement === body || activeElement.matches("h1")) return true;
  const began = activeElement.matches("button[type=submit]") && activeElement.closest("form")?.contains(panel);
  return began === true || panel.contains(activeElement);
}
