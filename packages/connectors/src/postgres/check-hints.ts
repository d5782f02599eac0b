import type { CheckRequest, CheckVerdict } from "@headgate/contract";
import { isLoopback } from "../net/address-rules.ts";
import type { Session } from "./session.ts";
import type { Survey } from "./survey-database.ts";

type Hint = Extract<CheckVerdict, { status: "succeeded" }>["hints"][number];

/** What is worth saying although the check succeeded. On this machine itself nobody can listen in. */
export function hintsFor(
  { encryption, address }: Session,
  survey: Omit<Survey, "hidden"> & { readonly hidden: boolean },
  { as = "source" }: CheckRequest,
): Hint[] {
  const remote = !isLoopback(address);
  const hints: readonly (readonly [Hint, boolean])[] = [
    ["not_encrypted", remote && !encryption.encrypted],
    ["not_verified", remote && encryption.encrypted && !encryption.verified],
    ["superuser", survey.superuser],
    ["can_write", as === "source" && survey.writable > 0 && !survey.replica],
    ["read_replica", survey.replica],
    ["rows_hidden", as === "source" && survey.hidden],
  ];
  return hints.filter(([, applies]) => applies).map(([hint]) => hint);
}
