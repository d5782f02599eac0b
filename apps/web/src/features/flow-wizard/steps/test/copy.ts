export const testCopy = {
  heading: (name: string): string => `Testing “${name}”`,
  notYet: "Continue opens when the test has passed.",
  change: "Change the credentials",
} as const;
