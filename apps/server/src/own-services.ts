import type { Settings } from "@headgate/core";

type Address = { readonly host: string; readonly port: number };

/** What Headgate must never be talked into connecting to: its own database and its own listener. [R42] */
export function ownServices({ host, databaseUrl }: Pick<Settings, "host" | "databaseUrl">, port: number): Address[] {
  const everywhere = host === "0.0.0.0" || host === "::";
  const listeners = (everywhere ? ["127.0.0.1", "::1", "localhost"] : [host]).map((name) => ({ host: name, port }));
  return databaseUrl === undefined ? listeners : [...listeners, storeAddress(databaseUrl)];
}

function storeAddress(databaseUrl: string): Address {
  const { hostname, port } = new URL(databaseUrl);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? 5432 : Number(port) };
}
