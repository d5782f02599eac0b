import { Skeleton, VisuallyHidden } from "@mantine/core";
import { useEffect, useState, type ReactElement, type ReactNode } from "react";

/** Shows nothing for 150 ms: what arrives sooner should not flicker. */
export function Delayed({ by = 150, children }: { readonly by?: number; readonly children: ReactNode }): ReactNode {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), by);
    return () => clearTimeout(timer);
  }, [by]);
  return due ? children : null;
}

type Props = { readonly lines?: number; readonly label?: string };

/** Grey lines where something is being fetched, and a word for those who do not see them. */
export function Skeletons({ lines = 4, label = "Loading" }: Props): ReactElement {
  return (
    <div role="status" aria-busy="true">
      <VisuallyHidden>{label}…</VisuallyHidden>
      <Delayed>
        {Array.from({ length: lines }, (_, index) => (
          <Skeleton
            key={index}
            height={index === 0 ? 28 : 18}
            mb="md"
            width={`${[46, 92, 78, 85][index % 4] ?? 80}%`}
          />
        ))}
      </Delayed>
    </div>
  );
}
