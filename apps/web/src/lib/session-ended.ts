import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let ended = false;

function set(value: boolean): void {
  ended = value;
  for (const listener of listeners) listener();
}

/** Told by the one fetch when it finds the session gone; the layout then asks for the password over the page. */
export function markSessionEnded(): void {
  set(true);
}

export function markSessionResumed(): void {
  set(false);
}

export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ended,
  );
}
