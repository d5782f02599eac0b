import type { DenialReason } from "./address-rules.ts";

/** The gate will not let a connection out. Not a fault: the person is told which rule stands in the way. */
export class EgressRefusal extends Error {
  override readonly name = "EgressRefusal";
  readonly host: string;
  readonly reason: DenialReason;

  constructor(host: string, reason: DenialReason) {
    super(`Headgate does not connect to this address (${reason}).`);
    this.host = host;
    this.reason = reason;
  }
}
