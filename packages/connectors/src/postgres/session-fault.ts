import type { CheckCode, CheckStage } from "@headgate/contract";

/** A session could not be opened or used, for a reason we recognised ourselves. */
export class SessionFault extends Error {
  override readonly name = "SessionFault";
  readonly stage: CheckStage;
  readonly code: CheckCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(stage: CheckStage, code: CheckCode, message: string, facts: Readonly<Record<string, string>> = {}) {
    super(message);
    this.stage = stage;
    this.code = code;
    this.facts = facts;
  }
}

/** An error that came while a stage was under way; `cause` is the error itself, `facts` what was learnt before it. */
export class StageFault extends Error {
  override readonly name = "StageFault";
  readonly stage: CheckStage;
  readonly facts: Readonly<Record<string, string>>;

  constructor(stage: CheckStage, cause: unknown, facts: Readonly<Record<string, string>> = {}) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.stage = stage;
    this.facts = facts;
  }
}
