import type { CheckFailure, PostgresConnection } from "@headgate/contract";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { HostKeyPanel } from "./host-key-panel.tsx";
import { KeyLine } from "./key-line.tsx";
import { tunnelQueries } from "./queries.ts";

type Props = {
  readonly connection: PostgresConnection;
  readonly failure: CheckFailure;
  /** Tests the connection again. */
  readonly onSettled: () => void;
};

type Help = "host-key" | "key-line";

const helpFor: Partial<Record<CheckFailure["code"], Help>> = {
  ssh_host_key_unknown: "host-key",
  ssh_host_key_changed: "host-key",
  ssh_auth_refused: "key-line",
  ssh_forward_refused: "key-line",
};

/** What can be done right here about a tunnel that stopped a check; nothing for any other failure. */
export function HostKeyForFailure({ connection, failure, onSettled }: Props): ReactElement | null {
  const help = helpFor[failure.code];
  const { tunnelId, host, port } = connection.settings;
  const tunnels = useQuery({ ...tunnelQueries.list(), enabled: help !== undefined });
  const tunnel = tunnels.data?.find(({ id }) => id === tunnelId);
  if (!help || !tunnel) return null;
  if (help === "key-line") return <KeyLine tunnel={tunnel} end={{ host, port }} />;
  return <HostKeyPanel tunnel={tunnel} told={failure.code === "ssh_host_key_changed"} onAccepted={onSettled} />;
}
