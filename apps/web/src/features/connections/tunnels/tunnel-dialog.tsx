import { lazy, Suspense, type ReactElement } from "react";
import { useFocusReturn } from "../../../ui/use-focus-return.ts";
import type { TunnelWindowProps } from "./tunnel-window.tsx";

const TunnelWindow = lazy(async () => ({ default: (await import("./tunnel-window.tsx")).TunnelWindow }));

/** `TunnelWindow`, fetched when it is opened for the first time: few connections need a tunnel. */
export function TunnelDialog(props: TunnelWindowProps): ReactElement {
  useFocusReturn();
  return (
    <Suspense fallback={null}>
      <TunnelWindow {...props} />
    </Suspense>
  );
}
