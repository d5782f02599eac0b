import type { Connection } from "@headgate/contract";

type Settings = Connection["settings"];

/** Where a connection leads, in a few words without its name: `shop on db.example.com:5432`. */
export function placeWords(settings: Settings): string {
  if ("tlsMode" in settings) return `${settings.database} on ${settings.host}:${settings.port}`;
  if ("dataPlaneUrl" in settings) return hostOf(settings.dataPlaneUrl);
  if ("url" in settings) return withoutScheme(settings.url);
  if (settings.place === "folder") return settings.folder === "" ? "the folder for files" : settings.folder;
  return [settings.bucket, settings.prefix].filter(Boolean).join("/") + ` at ${hostOf(settings.endpoint)}`;
}

/** What was typed, by the names that the copy of checks knows. */
export function typedFacts(settings: Settings): Readonly<Record<string, string>> {
  if ("tlsMode" in settings) {
    const { host, port, database, user } = settings;
    return { host, port: String(port), database, user };
  }
  if ("dataPlaneUrl" in settings) return addressFacts(settings.dataPlaneUrl);
  if ("url" in settings) return addressFacts(settings.url);
  if (settings.place === "folder") return { folder: settings.folder === "" ? "/" : settings.folder };
  return { ...addressFacts(settings.endpoint), bucket: settings.bucket };
}

function addressFacts(address: string): Readonly<Record<string, string>> {
  if (!URL.canParse(address)) return { address };
  const { hostname, port, protocol } = new URL(address);
  return { address, host: hostname, port: port || (protocol === "https:" ? "443" : "80") };
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** Without its question, which may be long. */
function withoutScheme(address: string): string {
  if (!URL.canParse(address)) return address;
  const { host, pathname } = new URL(address);
  return host + (pathname === "/" ? "" : pathname);
}
