export const kindsCopy = {
  name: "Connection name",
  nameHint: "So that you can find it again",
  secretSaved: "Saved. Leave it empty to keep it, or enter a new one.",
  secretAgain: "You changed where the rows go, so what is saved does not count any more.",
  secretDropped: "What is saved is thrown away when you save.",
  drop: (label: string): string => `Throw away what is saved: ${label.replace(/ \(optional\)$/, "").toLowerCase()}`,
  certificate: "Certificate of the authority (optional)",
  certificateHint: "Only if the receiver uses an authority of your own: its certificate as PEM text.",
  usedBy: (flows: readonly string[]): string =>
    `Used by ${flows.map((flow) => `“${flow}”`).join(", ")}. What you change here counts for ${flows.length === 1 ? "it" : "them"} too.`,
} as const;
