/** The tabs of a flow's page; the open one stands in the address. */
export const flowTabs = ["runs", "mapping", "settings"] as const;
export type FlowTab = (typeof flowTabs)[number];
