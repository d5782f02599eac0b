import type { TypedSteps } from "@headgate/contract";
import { invalid } from "../http/refusal.ts";

export type TypedDestination = NonNullable<TypedSteps["destination"]>;

const message = "Only an admin can write or change SQL that runs with a flow.";

/**
 * Refuses SQL that runs with a flow, unless an admin wrote it for this very destination: it runs with the rights of the
 * destination's login. Towards another destination it can only be left out.
 */
export function refuseOwnSql(values: TypedDestination, before: TypedDestination | undefined): void {
  const same = values.connectionId === before?.connectionId && kindOf(values) === kindOf(before);
  const refused = (["sqlBefore", "sqlAfter"] as const).filter(
    (name) => values[name] !== (same ? before?.[name] : undefined),
  );
  if (refused.length > 0) throw invalid(Object.fromEntries(refused.map((name) => [name, message])));
}

function kindOf(destination: TypedDestination | undefined): string {
  return destination?.kind ?? "postgres";
}
