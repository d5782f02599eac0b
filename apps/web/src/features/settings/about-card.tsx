import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { systemQuery } from "../../lib/system.ts";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { Skeletons } from "../../ui/skeletons.tsx";

/** Facts about this installation. */
export function AboutCard(): ReactElement {
  const system = useQuery(systemQuery());
  return (
    <SectionCard title="About">
      {system.error && <ErrorCallout error={system.error} />}
      {system.isPending && <Skeletons lines={3} />}
      {system.data && (
        <FactList
          facts={[
            { label: "Version", value: system.data.version },
            { label: "Sample data", value: system.data.practice ? "Built in" : "Not part of this installation" },
            {
              label: "Databases on this machine",
              value: system.data.loopbackAllowed
                ? "Allowed, because Headgate can only be opened from this machine"
                : "Not allowed, because Headgate can be opened from other machines",
            },
            { label: "Licence", value: "MIT" },
          ]}
        />
      )}
    </SectionCard>
  );
}
