import type { ReceiverTarget } from "@headgate/core";

export type ReceiverAddress = {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly authorities: readonly string[] | undefined;
};

/** Where a receiver or storage is reached; undefined for a folder. */
export function addressOf({ kind, settings }: ReceiverTarget): ReceiverAddress | undefined {
  if (kind === "events") return parse(settings.dataPlaneUrl, settings.caCertificate);
  if (kind === "webhook") return parse(settings.url, settings.caCertificate);
  return settings.place === "s3" ? parse(settings.endpoint, undefined) : undefined;
}

function parse(text: string, caCertificate: string | undefined): ReceiverAddress {
  const url = new URL(text);
  const secure = url.protocol === "https:";
  const port = Number(url.port || (secure ? 443 : 80));
  return { url, host: url.hostname, port, secure, authorities: caCertificate ? [caCertificate] : undefined };
}
