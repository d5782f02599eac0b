import type { Confirmation, PlaceChoice } from "@headgate/contract";
import type { Session } from "../../session.ts";
import { RunHeld } from "../mirror-guards.ts";

/**
 * What a person answered where nobody can tell which rows were added already. Throws `RunHeld`, with the number of rows
 * that reading again would add, where none has.
 */
export async function placeChoice(
  session: Session,
  from: string,
  confirmation: Confirmation | undefined,
): Promise<PlaceChoice> {
  if (confirmation?.reason === "place_lost" && confirmation.choice) return confirmation.choice;
  const [row] = await session.query<{ rows: string }>(`select pg_catalog.count(*)::text as rows from ${from}`);
  const created = Number(row?.rows);
  const none = { destinationRows: 0, updated: 0, deleted: 0, sampleKeys: [] };
  throw new RunHeld({ reason: "place_lost", ...none, created, confirmWith: String(created) });
}
