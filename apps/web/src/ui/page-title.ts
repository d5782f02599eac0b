import { useEffect } from "react";

/** Sets what the browser tab says; the product's name comes last, since only the start of a tab can be read. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Headgate`;
  }, [title]);
}
