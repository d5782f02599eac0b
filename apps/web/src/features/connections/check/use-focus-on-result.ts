import { useEffect, useRef, type RefObject } from "react";
import type { CheckPhase } from "./use-connection-check.ts";

export type FocusOnResult = {
  /** For everything that shows the test. */
  readonly panel: RefObject<HTMLDivElement | null>;
  /** For what came of it. */
  readonly result: RefObject<HTMLDivElement | null>;
  /** Keeps the panel's height until the next result is there: on a page that became shorter, everything would move. */
  readonly holdHeight: () => void;
};

/**
 * Puts the focus on what came of a test, for whoever waits for it. Whoever has gone on to something else in the
 * meantime, such as a field of the form beside it, is left in peace.
 */
export function useFocusOnResult(phase: CheckPhase): FocusOnResult {
  const panel = useRef<HTMLDivElement>(null);
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (phase === "idle" || phase === "running" || !panel.current || !result.current) return;
    panel.current.style.minHeight = "";
    const { activeElement } = document;
    if (!isWaiting(activeElement, panel.current)) return;
    result.current.focus({ preventScroll: true });
    // Whoever pressed a button here still points at it, so the page moves only when they would see nothing of it.
    if (!panel.current.contains(activeElement) || !begins(result.current))
      result.current.scrollIntoView({ block: "nearest" });
  }, [phase]);
  function holdHeight(): void {
    if (panel.current) panel.current.style.minHeight = `${panel.current.offsetHeight}px`;
  }
  return { panel, result, holdHeight };
}

/** The focus is still where it is when a page has just opened, or on the button that began or ended the test. */
function isWaiting(focused: Element | null, panel: HTMLElement): boolean {
  if (!focused || focused === document.body || focused.matches("h1")) return true;
  const began = focused.matches("button[type=submit]") && focused.closest("form")?.contains(panel);
  return began === true || panel.contains(focused);
}

/** About the height of a title with its frame. */
const titlePixels = 56;

/** Whether its first line is in view. */
function begins(element: HTMLElement): boolean {
  const { top } = element.getBoundingClientRect();
  return top >= 0 && top + titlePixels <= window.innerHeight;
}
