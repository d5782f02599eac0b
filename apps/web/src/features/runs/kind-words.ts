import type { SinkKind } from "@headgate/contract";
import { rejectedCopy } from "./copy.ts";

const later = "Put them right at the source, and a later run brings them. The list is kept for 14 days.";

/** What stands above the rows that were set aside by a run that went on. */
export const rejectedIntro: Readonly<Record<SinkKind, string>> = {
  postgres: rejectedCopy.intro,
  events: `These rows could not be sent; the others were. ${later}`,
  webhook: `These rows could not be sent; the others were. ${later}`,
  files: `These rows did not fit into the file; it holds the others. ${later}`,
};

/** What a run that somebody stopped has left behind. */
export const stoppedWords: Readonly<Record<SinkKind, string>> = {
  postgres: "Rows that were not finished were taken back.",
  events: "What was sent before stays sent. The next run goes on after it, and what it repeats carries the same ids.",
  webhook: "What was sent before stays sent. The next run goes on after it, and what it repeats carries the same keys.",
  files: "No half file was left behind.",
};
