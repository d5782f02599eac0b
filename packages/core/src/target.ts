import type { ConnectionSecrets, PostgresSettings, TunnelMethod, TunnelSecrets } from "@headgate/contract";

/** Everything one PostgreSQL session needs. It holds secrets, so it lives only between reading and connecting. */
export type PostgresTarget = Omit<PostgresSettings, "tunnelId"> & {
  readonly password: string | undefined;
  readonly tunnel?: TunnelTarget;
} & { readonly [F in Exclude<keyof ConnectionSecrets, "password">]?: string };

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
