import type { Connection, PostgresConnection } from "@headgate/contract";
import type { ReactElement } from "react";
import { dialectCards } from "../kinds/events/copy.ts";
import { formatCards } from "../kinds/files/copy.ts";
import classes from "./connection-marks.module.css";

/** How the connection gets there, in a few quiet words. */
export function ConnectionMarks({ connection }: { readonly connection: Connection }): ReactElement | null {
  const marks = marksOf(connection);
  if (marks.length === 0) return null;
  return (
    <ul className={classes.marks} aria-label="How it connects">
      {marks.map((mark) => (
        <li key={mark} className={classes.mark}>
          {mark}
        </li>
      ))}
    </ul>
  );
}

function marksOf(connection: Connection): string[] {
  if (connection.kind !== "postgres") return receiverMarks(connection);
  const { practice, settings } = connection;
  const { tlsMode, tunnelId, entra, clientCertificate } = settings;
  const verified = tlsMode === "verify-full" || tlsMode === "verify-ca";
  const marks = [
    [practice, "Sample data, built in"],
    [verified, "Encrypted and checked"],
    [tlsMode === "require", "Encrypted"],
    [tunnelId !== undefined, "SSH tunnel"],
    [entra !== undefined, "Microsoft Entra"],
    [clientCertificate !== undefined, "Client certificate"],
  ] as const;
  return marks.filter(([applies]) => applies).map(([, words]) => words);
}

function receiverMarks({ settings }: Exclude<Connection, PostgresConnection>): string[] {
  if ("dataPlaneUrl" in settings) return [dialectCards[settings.dialect].title, ...encrypted(settings.dataPlaneUrl)];
  if ("url" in settings) return encrypted(settings.url);
  const format = formatCards[settings.format].title;
  return settings.place === "folder" ? [format] : [format, ...encrypted(settings.endpoint)];
}

function encrypted(address: string): string[] {
  return /^https:/i.test(address) ? ["Encrypted and checked"] : [];
}
