import { useRef, type KeyboardEvent } from "react";

type ListKeys = {
  readonly count: number;
  readonly active: number;
  /** How many options Page Up and Page Down pass over. */
  readonly page: number;
  readonly nameAt: (index: number) => string;
  readonly onMove: (index: number) => void;
  readonly onChoose: (index: number) => void;
};

/** How long a pause ends a word typed into the list (WAI-ARIA listbox pattern). */
const typeAheadMilliseconds = 700;

/** The keyboard of a listbox: arrows, Home, End, pages, Enter, Space, and letters that jump to the next name. */
export function useListKeys({ count, active, page, nameAt, onMove, onChoose }: ListKeys) {
  const typed = useRef({ text: "", at: 0 });

  return (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || count === 0) return;
    const target = targetOf(event.key, active, count, page);
    if (target !== undefined) onMove(target);
    else if (event.key === "Enter" || event.key === " ") onChoose(active);
    else if (event.key.length === 1 && event.key !== "/") {
      const hit = jump(event.key, event.timeStamp);
      if (hit !== undefined) onMove(hit);
    } else return;
    event.preventDefault();
  };

  function jump(letter: string, at: number): number | undefined {
    const continued = at - typed.current.at < typeAheadMilliseconds;
    const text = (continued ? typed.current.text : "") + letter.toLowerCase();
    typed.current = { text, at };
    // A new word starts looking after the current option, so that one letter pressed twice goes on to the next name.
    const start = continued && text.length > 1 ? active : active + 1;
    for (let step = 0; step < count; step += 1) {
      const index = (start + step) % count;
      if (nameAt(index).toLowerCase().startsWith(text)) return index;
    }
    return undefined;
  }
}

function targetOf(key: string, active: number, count: number, page: number): number | undefined {
  const clamp = (index: number): number => Math.min(Math.max(index, 0), count - 1);
  switch (key) {
    case "ArrowDown":
      return clamp(active + 1);
    case "ArrowUp":
      return clamp(active - 1);
    case "PageDown":
      return clamp(active + page);
    case "PageUp":
      return clamp(active - page);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
