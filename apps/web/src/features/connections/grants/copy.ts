export const grantCopy = {
  title: "Rights this needs",
  intro: (user: string) =>
    `Send the script to whoever runs the database. It gives ${user} exactly what is needed here and nothing more.`,
  complete: "All rights are there",
  missing: (count: number) => (count === 1 ? "One right is missing" : `${count} rights are missing`),
  script: "Script",
  copy: "Copy script",
  copyMissing: "Copy missing lines",
  again: "Check again",
  loading: "Asking the database which rights are there…",
  optional: "Optional",
  states: { granted: "Granted", missing: "Missing", unknown: "Not known yet" },
} as const;
