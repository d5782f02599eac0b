import type {
  EventsSecrets,
  EventsSettings,
  FilesSecrets,
  FilesSettings,
  PostgresSecrets,
  PostgresSettings,
  TunnelMethod,
  TunnelSecrets,
  WebhookSecrets,
  WebhookSettings,
} from "@headgate/contract";

/** Everything one PostgreSQL session needs. It holds secrets, so it lives only between reading and connecting. */
export type PostgresTarget = Omit<PostgresSettings, "tunnelId"> & {
  readonly password: string | undefined;
  readonly tunnel?: TunnelTarget;
} & { readonly [F in Exclude<keyof PostgresSecrets, "password">]?: string };

/** Everything one SSH connection needs. */
export type TunnelTarget = {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly method: TunnelMethod;
  /** The accepted key of the server; null where nobody accepted one yet, and then nothing is sent. */
  readonly hostKeyFingerprint: string | null;
} & { readonly [F in keyof TunnelSecrets]?: string };

/** Everything one delivery to a receiver or a place for files needs, as short-lived as a `PostgresTarget`. */
export type ReceiverTarget =
  | { readonly kind: "events"; readonly settings: EventsSettings; readonly secrets: EventsSecrets }
  | { readonly kind: "webhook"; readonly settings: WebhookSettings; readonly secrets: WebhookSecrets }
  | { readonly kind: "files"; readonly settings: FilesSettings; readonly secrets: FilesSecrets };
