import { z } from "zod";

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace"] as const;
const onOff = ["on", "off"] as const;

const secretKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, {
  error: "must be 32 random bytes in base64: make one with `openssl rand -base64 32`",
});

const port = z
  .string()
  .regex(/^[0-9]{1,5}$/, { error: "must be a port between 1 and 65535" })
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65535, { error: "must be a port between 1 and 65535" });

const egressList = listOf(
  "names, addresses or networks separated by commas, such as db.lan,10.0.0.0/8",
  z.string().regex(/^[\w.:*[\]-]+(\/[0-9]{1,3})?$/),
);

// A whole address family would be the same as believing everybody.
const proxyList = listOf(
  "addresses or networks separated by commas, such as 10.0.0.5,fd00::/8",
  z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).refine((network) => !network.endsWith("/0")),
);

// Descriptions end up in the README: `npm run settings` writes them there.
export const environmentSchema = z.object({
  HEADGATE_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: "must be an address of this machine, such as 127.0.0.1 or 0.0.0.0" })
    .default("127.0.0.1")
    .describe(
      "Address to listen on. Beyond loopback, put a proxy with TLS in front, and allow loopback databases by name below.",
    ),
  HEADGATE_PORT: port.default(4000).describe("Port to listen on. When not set and taken, the next free one is used."),
  HEADGATE_DATA_DIR: z
    .string()
    .default(".headgate")
    .describe("Folder for what embedded PostgreSQL stores, and for the master key made on the first start."),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, { error: "must look like postgres://user:password@host:5432/database" })
    .optional()
    .describe("Headgate's own PostgreSQL (15 or newer). Not set: one is started for you."),
  HEADGATE_MASTER_KEY: secretKey
    .optional()
    .describe("Encrypts stored passwords: 32 random bytes in base64. Needed with `DATABASE_URL`, else made once."),
  HEADGATE_MASTER_KEY_FILE: z
    .string()
    .optional()
    .describe("File that holds the master key, in place of `HEADGATE_MASTER_KEY`."),
  HEADGATE_FILES_DIR: z
    .string()
    .regex(/^\//, { error: "must be a whole path that begins with /, such as /srv/headgate-files" })
    .optional()
    .describe(
      "Folder below which flows may write files. It must be there. Not set: no flow writes files into a folder.",
    ),
  HEADGATE_EGRESS_ALLOW: egressList
    .default([])
    .describe("Names, addresses and networks Headgate may connect to although it otherwise would not, with commas."),
  HEADGATE_TRUST_PROXY: proxyList
    .default([])
    .describe(
      "Addresses and networks of your proxies, with commas. Only their `X-Forwarded-For` and `-Proto` are believed.",
    ),
  HEADGATE_RATE_LIMITS: z
    .enum(onOff, { error: "must be on or off" })
    .default("on")
    .describe(
      "`off` where something in front already limits how often one person may ask. Wrong passwords slow down anyway.",
    ),
  HEADGATE_LOG_LEVEL: z
    .enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` })
    .default("info")
    .describe(`How much is logged: ${logLevels.map((level) => `\`${level}\``).join(", ")}.`),
});

function listOf(what: string, entry: z.ZodType<string>) {
  return z.string().transform((text, context) => {
    const entries = text.split(",").map((one) => one.trim());
    const wrong = entries.find((one) => !entry.safeParse(one).success);
    if (wrong === undefined) return entries;
    context.addIssue({ code: "custom", message: `must be ${what}; "${wrong}" is none` });
    return z.NEVER;
  });
}

function isDatabaseUrl(text: string): boolean {
  try {
    const { protocol, hostname, pathname } = new URL(text);
    return /^postgres(ql)?:$/.test(protocol) && hostname !== "" && pathname.length > 1;
  } catch {
    return false;
  }
}
