import type { CheckCode } from "@headgate/contract";

export type EntraCode = Extract<CheckCode, `entra_${string}`>;

/** No token could be had, or it may not be sent, for a reason we recognised. */
export class EntraRefusal extends Error {
  override readonly name = "EntraRefusal";
  readonly code: EntraCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: EntraCode, message: string, facts: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}

/** The application's certificate cannot be used, and `reason` says why. */
export function unusable(reason: string, message: string): EntraRefusal {
  return new EntraRefusal("entra_certificate_unreadable", message, { reason });
}
