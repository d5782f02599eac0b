import type { PostgresConnection } from "@headgate/contract";
import { rotationKinds, type RotationKind } from "@headgate/core";
import { Button } from "@mantine/core";
import { lazy, Suspense, useState, type ReactElement } from "react";
import { rotationCopy } from "./copy.ts";

const RotateWindow = lazy(async () => ({ default: (await import("./rotate-window.tsx")).RotateWindow }));

/** One button for each secret the connection signs in with; the window behind it is fetched when it is opened. */
export function RotateButtons({ connection }: { readonly connection: PostgresConnection }): ReactElement {
  const [open, setOpen] = useState<RotationKind>();
  return (
    <>
      {rotationKinds(connection.settings).map((kind) => (
        <Button key={kind} variant="default" onClick={() => setOpen(kind)}>
          {rotationCopy[kind].title}
        </Button>
      ))}
      {open && (
        <Suspense fallback={null}>
          <RotateWindow connection={connection} kind={open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </>
  );
}
