import { useEffect } from "react";

/**
 * Gives the focus back to what had it when this was first shown. For windows that are put into the page when they open
 * and taken out when they close: Mantine's own return knows only those that stay.
 */
export function useFocusReturn(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
}
