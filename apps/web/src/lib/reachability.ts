import { useSyncExternalStore } from "react";

type Listener = () => void;
const listeners = new Set<Listener>();
let reachable = true;

/** Remembers whether the last request reached the server; the banner in the layout watches it. */
export function setReachable(value: boolean): void {
  if (reachable === value) return;
  reachable = value;
  for (const listener of listeners) listener();
}

export function useReachable(): boolean {
  return useSyncExternalStore(subscribe, () => reachable);
}

function subscribe(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
