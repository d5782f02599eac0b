import { checkCodeSchema, runCodeSchema, type DryRun } from "@headgate/contract";
import { checkFailureCopy, runFailureCopy } from "../../../../lib/messages.ts";
import type { Copy } from "../../../../lib/messages/copy.ts";

type Failure = Extract<DryRun, { status: "failed" }>["failure"];

/** Words for a dry run that could not count: it fails like a run, or like a connection check. */
export function dryRunFailureCopy({ origin, code, facts, detail }: Failure): Copy {
  const run = runCodeSchema.safeParse(code).data;
  if (run) return runFailureCopy({ origin, kind: "settings", code: run, facts, detail, retryable: false });
  const check = checkCodeSchema.safeParse(code).data ?? "unexpected";
  return checkFailureCopy({ stage: "table", code: check, facts, detail });
}
