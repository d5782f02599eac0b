import type { CheckCode, CheckFailure } from "@headgate/contract";
import { recognizeProvider } from "@headgate/core";
import type { Copy } from "./copy.ts";

type Variants = {
  /** Which variant a failure is; undefined where the usual copy fits. */
  readonly by: (facts: CheckFailure["facts"]) => string | undefined;
  readonly copy: Readonly<Record<string, Partial<Copy>>>;
};

const service = (name: string): Partial<Copy> => ({
  title: `What answers on port {port} is ${name}, not PostgreSQL`,
  why: "Another program lives on that port.",
});

/** Where a fact says more than the code: only the sentences that differ. */
export const checkVariants: Readonly<Partial<Record<CheckCode, Variants>>> = {
  ipv6_only: {
    by: ({ host = "" }) => recognizeProvider({ host })?.id,
    copy: {
      supabase: {
        why: "Supabase's direct address works over IPv6 only, and Headgate's machine has no way into that network.",
        next: "In Supabase, open Connect, choose Session pooler, and paste that connection string: port 5432, user postgres.yourproject.",
      },
    },
  },
  not_postgres: {
    by: (facts) => facts.service,
    copy: {
      HTTP: service("a website"),
      SSH: {
        ...service("remote log-in (SSH)"),
        next: "Check the port: 5432 is usual. If the database lies behind this server, set up an SSH tunnel.",
      },
      MySQL: {
        ...service("MySQL"),
        next: "Headgate moves PostgreSQL tables. Check that this is the server you meant.",
      },
      MariaDB: {
        ...service("MariaDB"),
        next: "Headgate moves PostgreSQL tables. Check that this is the server you meant.",
      },
      Redis: service("Redis"),
      Memcached: service("Memcached"),
      "SMTP or FTP": service("a mail or file server"),
    },
  },
  server_full: {
    by: (facts) => facts.limit,
    copy: {
      role: {
        title: "{user} has no free place",
        why: "This user may only have a certain number of connections at a time, and all of them are in use.",
        next: "Try again in a minute, or ask for a higher limit for this user.",
      },
      database: {
        title: "{database} has no free place",
        why: "This database takes a certain number of connections at a time, and all of them are in use.",
        next: "Try again in a minute, or ask for a higher limit for this database.",
      },
      pooler: {
        title: "The connection pooler has no free place",
        why: "All the connections that the pooler allows are in use.",
      },
    },
  },
  server_starting: {
    by: (facts) => facts.state,
    copy: {
      starting: { title: "The database is starting", why: "It was switched on a moment ago and is not ready yet." },
      stopping: {
        title: "The database is shutting down",
        why: "Somebody stops or restarts it just now.",
        next: "Wait until it is back, then test again.",
      },
      recovering: {
        title: "The database is recovering",
        why: "After an interruption it reads its log before it takes connections, or it is a copy that takes none.",
        next: "Wait a few minutes and test again.",
      },
    },
  },
  read_only_server: {
    by: (facts) => facts.reason,
    copy: {
      replica: { why: "This server only follows another one and takes no changes of its own." },
      setting: {
        title: "{database} accepts no changes from {user}",
        why: "Somebody made the server, the database or this user read-only. Some providers do so when the disk is full.",
        next: "Fine as a source. For a destination, ask whoever runs the database to allow changes again.",
      },
    },
  },
  write_forbidden: {
    by: (facts) => (facts.table ? undefined : "nowhere"),
    copy: {
      nowhere: {
        title: "{user} may not write anything in {database}",
        why: "Signing in works, but this user may neither create a table nor add rows to one.",
      },
    },
  },
};

/** The sentences of a failure's variant that replace the usual ones. */
export function variantOf({ code }: CheckFailure, facts: CheckFailure["facts"]): Partial<Copy> {
  const variants = checkVariants[code];
  return variants?.copy[variants.by(facts) ?? ""] ?? {};
}
