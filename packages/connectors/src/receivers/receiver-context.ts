import type { CheckCode, CheckStage } from "@headgate/contract";
import type { PostgresContext } from "../postgres/context.ts";

/** What a check of a receiver or a place for files needs beside the gate. */
export type ReceiverContext = PostgresContext & {
  /** The folder an administrator has set aside for files; without one no folder can be used. */
  readonly filesDir: string | undefined;
  /** Bytes below which a disk counts as full (100 MB). */
  readonly leastFreeBytes?: number;
};

/** A check ends at one of its stages for a reason that has a code. */
export class ReceiverRefusal extends Error {
  override readonly name = "ReceiverRefusal";
  readonly stage: CheckStage;
  readonly code: CheckCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(stage: CheckStage, code: CheckCode, facts: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(`${stage}: ${code}`, { cause });
    this.stage = stage;
    this.code = code;
    this.facts = facts;
  }
}
