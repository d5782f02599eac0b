import { isIPv6 } from "node:net";
import { setupMinutes } from "@headgate/store";
import type { Folders } from "./folders.ts";

export type WelcomeFacts = {
  readonly address: string;
  readonly note: string | undefined;
  readonly setupLink: string | undefined;
  readonly seconds: number;
  readonly folders: Folders;
  readonly programsFolder: string;
  readonly ownStore: boolean;
};

/** What the terminal shows once everything runs. */
export function welcome(facts: WelcomeFacts): string {
  const { address, note, setupLink, seconds, folders, programsFolder, ownStore } = facts;
  const rows: [string, string][] = [];
  if (setupLink !== undefined) {
    rows.push(["Set up", setupLink]);
    rows.push(["", `This link makes the first account. It works once, for ${setupMinutes} minutes;`]);
    rows.push(["", "after that, start Headgate again for a new one."]);
  }
  rows.push(["Open", address]);
  if (note !== undefined) rows.push(["", note]);
  rows.push(["Data", folders.data]);
  rows.push(["Databases", ownStore ? folders.clusters : `yours (DATABASE_URL); sample data in ${folders.clusters}`]);
  if (!folders.clusters.startsWith(folders.data))
    rows.push(["", "There, because the account that runs PostgreSQL cannot enter the data folder."]);
  rows.push(["PostgreSQL", programsFolder]);
  rows.push(["Stop", "Ctrl-C"]);
  const lines = rows.map(([label, text]) => `  ${label.padEnd(12)}${text}`);
  return [`\nHeadgate is ready after ${seconds.toFixed(1)} s.\n`, ...lines, ""].join("\n");
}

/** The address to open in a browser on this machine; a server that listens everywhere is reached at loopback. */
export function webAddress(host: string, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}`;
}
