export const tableCopy = {
  choose: "Tables and views",
  missing: "Choose a table.",
  goOn: (name: string): string => `Continue with “${name}”`,
} as const;
