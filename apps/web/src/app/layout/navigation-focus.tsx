import { useRouter } from "@tanstack/react-router";
import { useEffect, useState, type ReactElement } from "react";

/** How long a page may take to show its heading before its title is spoken instead. */
const patience = 4000;

/**
 * After each navigation the new page's `h1` takes the focus, which also makes screen readers read it. A page that
 * shows no heading in time is announced by its title.
 */
export function NavigationFocus(): ReactElement {
  const router = useRouter();
  const [announcement, setAnnouncement] = useState("");

  useEffect(() => {
    let stop = (): void => undefined;
    const unsubscribe = router.subscribe("onResolved", ({ fromLocation, toLocation }) => {
      // The first page keeps the browser's own starting point; a changed filter is no new page.
      if (!fromLocation || fromLocation.pathname === toLocation.pathname) return;
      // A link that names a field leads to it; its page puts the focus there.
      if ("field" in toLocation.search) return;
      stop();
      stop = focusHeading(() => setAnnouncement(document.title));
    });
    return () => {
      stop();
      unsubscribe();
    };
  }, [router]);

  return (
    <div className="visually-hidden" aria-live="polite">
      {announcement}
    </div>
  );
}

/**
 * Focuses the heading as soon as there is one, and again when what was loading is replaced by the page proper; gives up
 * when the person does something first. Answers how to stop.
 */
function focusHeading(onMissing: () => void): () => void {
  let found = false;
  const observer = new MutationObserver(attempt);
  const frame = requestAnimationFrame(attempt);
  const timer = setTimeout(() => {
    stop();
    if (!found) onMissing();
  }, patience);

  function attempt(): void {
    const heading = document.querySelector<HTMLElement>("h1");
    if (!heading || (found && document.activeElement !== document.body)) return;
    found = true;
    heading.focus({ preventScroll: true });
  }

  function stop(): void {
    observer.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    removeEventListener("keydown", stop);
    removeEventListener("pointerdown", stop);
  }

  observer.observe(document.body, { childList: true, subtree: true });
  addEventListener("keydown", stop);
  addEventListener("pointerdown", stop);
  return stop;
}
