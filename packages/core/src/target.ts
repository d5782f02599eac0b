import type { PostgresSettings } from "@headgate/contract";

/** Everything one PostgreSQL session needs. It holds the secret, so it lives only between reading and connecting. */
export type PostgresTarget = PostgresSettings & { readonly password: string | undefined };
