import type { CheckedGrant, PostgresSettings } from "@headgate/contract";
import { openLines } from "./grant-state.ts";

type Place = Pick<PostgresSettings, "host" | "port" | "database"> & { readonly user: string };

/** A ready message with the lines still to be run, each under what it is for. Never holds a secret. */
export function grantMessage(lines: readonly CheckedGrant[], place: Place): string {
  return [
    "Hello,",
    "",
    "I am setting up Headgate with this PostgreSQL database, and its login still needs some rights:",
    "",
    `  Server:   ${place.host}, port ${place.port}`,
    `  Database: ${place.database}`,
    `  User:     ${place.user}`,
    "",
    "Please run these lines in that database:",
    "",
    ...openLines(lines).flatMap(({ sql, sentence, optional }) => [
      `-- ${optional ? "Optional. " : ""}${sentence}`,
      sql,
      "",
    ]),
    "Thank you!",
  ].join("\n");
}
