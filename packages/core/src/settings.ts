import { environmentSchema, type logLevels } from "./environment.ts";

/** Set by our own scripts for the processes they start; not for people. */
const internalNames = ["HEADGATE_PRACTICE_FILE", "HEADGATE_MIGRATIONS", "HEADGATE_WATCH"];

export type Settings = {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Absent: embedded PostgreSQL. */
  readonly databaseUrl?: string;
  readonly masterKey?: string;
  readonly masterKeyFile?: string;
  /** Absent: no flow writes files into a folder. */
  readonly filesDir?: string;
  readonly egressAllow: readonly string[];
  /** Addresses and networks whose proxy headers are believed. */
  readonly trustProxy: readonly string[];
  readonly rateLimits: "on" | "off";
  readonly logLevel: (typeof logLevels)[number];
};

export type SettingsFault = { readonly name: string; readonly message: string };

export type Environment = Readonly<Record<string, string | undefined>>;

export type SettingsVerdict =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly faults: readonly SettingsFault[] };

/** Reads the settings from environment variables; names every fault at once and never repeats a secret. */
export function parseSettings(env: Environment): SettingsVerdict {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = environmentSchema.safeParse(given);
  const faults = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => ({ name: String(path[0]), message })),
    ...masterKeyFaults(given),
    ...unknownNames(given),
  ];
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  const { DATABASE_URL, HEADGATE_MASTER_KEY, HEADGATE_MASTER_KEY_FILE, ...rest } = parsed.data;
  return {
    ok: true,
    settings: {
      host: rest.HEADGATE_HOST,
      port: rest.HEADGATE_PORT,
      dataDir: rest.HEADGATE_DATA_DIR,
      ...(DATABASE_URL !== undefined && { databaseUrl: DATABASE_URL }),
      ...(HEADGATE_MASTER_KEY !== undefined && { masterKey: HEADGATE_MASTER_KEY }),
      ...(HEADGATE_MASTER_KEY_FILE !== undefined && { masterKeyFile: HEADGATE_MASTER_KEY_FILE }),
      ...(rest.HEADGATE_FILES_DIR !== undefined && { filesDir: rest.HEADGATE_FILES_DIR }),
      egressAllow: rest.HEADGATE_EGRESS_ALLOW,
      trustProxy: rest.HEADGATE_TRUST_PROXY,
      rateLimits: rest.HEADGATE_RATE_LIMITS,
      logLevel: rest.HEADGATE_LOG_LEVEL,
    },
  };
}

/** The faults as lines for a terminal. */
export function describeSettingsFaults(faults: readonly SettingsFault[]): string {
  const lines = faults.map(({ name, message }) => `  ${name} ${message}.`);
  return ["Headgate cannot start, because some settings (environment variables) are wrong:", ...lines].join("\n");
}

export type SettingsRow = { readonly name: string; readonly meaning: string; readonly default: string };

/** One row per setting, for the table in the README. */
export const settingsTable: readonly SettingsRow[] = Object.entries(environmentSchema.shape).map(([name, schema]) => {
  const standard = schema.safeParse(undefined).data;
  return { name, meaning: schema.description ?? "", default: standard === undefined ? "" : String(standard) };
});

function masterKeyFaults(given: Environment): SettingsFault[] {
  const both = given["HEADGATE_MASTER_KEY"] !== undefined && given["HEADGATE_MASTER_KEY_FILE"] !== undefined;
  if (both)
    return [{ name: "HEADGATE_MASTER_KEY", message: "and HEADGATE_MASTER_KEY_FILE are both set: keep one of them" }];
  const neither = given["HEADGATE_MASTER_KEY"] === undefined && given["HEADGATE_MASTER_KEY_FILE"] === undefined;
  if (given["DATABASE_URL"] === undefined || !neither) return [];
  // R21: a key made silently would be lost with the container, and every stored password with it.
  const message =
    "is needed when DATABASE_URL is set: make one with `openssl rand -base64 32`, keep it somewhere safe " +
    "(without it, stored passwords cannot be read), and start again with it";
  return [{ name: "HEADGATE_MASTER_KEY", message }];
}

function unknownNames(given: Environment): SettingsFault[] {
  const known = Object.keys(environmentSchema.shape);
  return Object.keys(given)
    .filter((name) => /^HEADGATE_/i.test(name) && !known.includes(name) && !internalNames.includes(name))
    .map((name) => {
      const nearest = known.toSorted((one, other) => distance(name, one) - distance(name, other))[0] ?? "";
      const guess = distance(name.toUpperCase(), nearest) <= 4 ? `, but ${nearest} is` : "";
      return { name, message: `is not a setting of Headgate${guess}` };
    });
}

/** Levenshtein distance: single-character edits from one name to the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of one.split("").entries()) {
    const next = [index + 1];
    for (const [column, otherLetter] of other.split("").entries()) {
      const replaced = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
