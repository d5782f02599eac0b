import { lazy, Suspense, useState, type ReactElement } from "react";
import type { ConfirmProps } from "./confirm-window.tsx";

const ConfirmWindow = lazy(async () => ({ default: (await import("./confirm-window.tsx")).ConfirmWindow }));

/** `ConfirmWindow`, fetched when it is opened for the first time: dialogs are a tenth of a page's code. */
export function ConfirmDialog(props: ConfirmProps): ReactElement | null {
  const [wanted, setWanted] = useState(props.opened);
  if (props.opened && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <ConfirmWindow {...props} />
    </Suspense>
  );
}
