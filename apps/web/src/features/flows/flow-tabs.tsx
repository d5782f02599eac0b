import type { Flow } from "@headgate/contract";
import { Tabs } from "@mantine/core";
import type { ReactElement } from "react";
import { Stacked } from "../../ui/stacked.tsx";
import { FlowMapping } from "./flow-mapping.tsx";
import { FlowRuns } from "./flow-runs.tsx";
import { FlowSettings } from "./flow-settings.tsx";
import { flowTabs, type FlowTab } from "./flow-tab-names.ts";
import { RereadCard } from "./reread/reread-card.tsx";

type Props = { readonly flow: Flow; readonly tab: FlowTab; readonly onTab: (tab: FlowTab) => void };

export function FlowTabs({ flow, tab, onTab }: Props): ReactElement {
  return (
    <Tabs
      value={tab}
      onChange={(value) => onTab(flowTabs.find((known) => known === value) ?? "runs")}
      keepMounted={false}
    >
      <Tabs.List mb="lg" aria-label="About this flow">
        <Tabs.Tab value="runs">Runs</Tabs.Tab>
        <Tabs.Tab value="mapping">Mapping</Tabs.Tab>
        <Tabs.Tab value="settings">Settings</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="runs">
        <FlowRuns flow={flow} />
      </Tabs.Panel>
      <Tabs.Panel value="mapping">
        <FlowMapping flow={flow} />
      </Tabs.Panel>
      <Tabs.Panel value="settings">
        <Stacked>
          <FlowSettings flow={flow} />
          <RereadCard flow={flow} />
        </Stacked>
      </Tabs.Panel>
    </Tabs>
  );
}
