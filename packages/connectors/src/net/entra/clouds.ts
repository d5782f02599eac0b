import type { EntraCloud } from "@headgate/contract";

export type CloudAddresses = {
  /** Where tokens are handed out. */
  readonly authority: string;
  /** What a token must be for, so that Azure Database for PostgreSQL takes it. */
  readonly scope: string;
};

/** Features §3.3. Nothing a person types becomes part of the host. */
export const entraCloudAddresses: Readonly<Record<EntraCloud, CloudAddresses>> = {
  AzurePublic: {
    authority: "https://login.microsoftonline.com",
    scope: "https://ossrdbms-aad.database.windows.net/.default",
  },
  AzureUsGovernment: {
    authority: "https://login.microsoftonline.us",
    scope: "https://ossrdbms-aad.database.usgovcloudapi.net/.default",
  },
  AzureChina: {
    authority: "https://login.partner.microsoftonline.cn",
    scope: "https://ossrdbms-aad.database.chinacloudapi.cn/.default",
  },
  AzureGermany: {
    authority: "https://login.microsoftonline.de",
    scope: "https://ossrdbms-aad.database.cloudapi.de/.default",
  },
};
