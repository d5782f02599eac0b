import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let token = "";

/** Keeps the secret of the set-up link in this page's memory only; a reload asks for the link again. */
export function keepSetupToken(hash: string): void {
  token = hash.replace(/^#/, "");
  for (const listener of listeners) listener();
}

/** Follows the link that is pasted into the address bar of an open set-up page: that loads no new page. */
export function useSetupToken(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => token,
  );
}
