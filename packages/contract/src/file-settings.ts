import { z } from "zod";
import { httpAddressSchema } from "./http-address.ts";

export const fileFormats = ["csv", "jsonl", "parquet"] as const;
export type FileFormat = (typeof fileFormats)[number];

/** Says in one sentence why a path inside the folder for files cannot be used, or undefined when it can. */
export function filePathFault(text: string): string | undefined {
  if (/[\p{Cc}\\:*?"<>|]/u.test(text) || !text.isWellFormed())
    return 'Leave out line breaks and the characters \\ : * ? " < > |.';
  const parts = text.split("/");
  if (parts.some((part) => part === "" || part.startsWith(".") || part.trim() !== part || part.endsWith(".")))
    return "Each part between two / needs a name that does not begin or end with a dot or a space.";
  if (parts.some((part) => new TextEncoder().encode(part).length > 200)) return "A part of this path is too long.";
  return undefined;
}

const pathSchema = z
  .string()
  .trim()
  .max(500)
  .superRefine((text, context) => {
    const fault = text === "" ? undefined : filePathFault(text);
    if (fault) context.addIssue({ code: "custom", message: fault });
  });

/** What a name can be made of; the time is the one the run was planned for, in UTC, so that a repeated run keeps it. */
export const fileNameTokens = ["flow", "table", "date", "time", "run"] as const;
export type FileNameToken = (typeof fileNameTokens)[number];

/** Says in one sentence why files cannot be named like this, or undefined when they can. */
export function fileNameFault(template: string): string | undefined {
  const tokens = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, token = ""]) => token);
  const unknown = tokens.find((token) => !(fileNameTokens as readonly string[]).includes(token));
  if (unknown !== undefined)
    return `{${unknown}} is not known. Use ${fileNameTokens.map((one) => `{${one}}`).join(", ")}.`;
  if (!tokens.includes("run") && !(tokens.includes("date") && tokens.includes("time")))
    return "Add {run}, or {date} and {time}: otherwise every run would write the same file.";
  const plain = template.replaceAll(/\{[^{}]*\}/g, "x");
  return /[{}]/.test(plain) ? "Write { and } only around a placeholder." : filePathFault(plain);
}

export const csvOptionsSchema = z.strictObject({
  delimiter: z.enum([",", ";", "\t", "|"]).default(","),
  header: z.boolean().default(true),
  /** RFC 4180 ends lines with `crlf`; most programs other than Excel prefer `lf`. */
  lineEnd: z.enum(["crlf", "lf"]).default("crlf"),
  /** Stands unquoted for an empty database value (NULL); an empty text is always written as two quotation marks. */
  nullText: z
    .string()
    .max(20)
    .regex(/^[A-Za-z0-9\\_-]*$/, { error: "Use letters, digits, \\, _ and - only." })
    .default(""),
  /** Puts an apostrophe in front of text that a spreadsheet would take for a formula. Changes the data. */
  guardFormulas: z.boolean().default(false),
  /** Tells Excel that the file is UTF-8. */
  byteOrderMark: z.boolean().default(false),
});
export type CsvOptions = z.infer<typeof csvOptionsSchema>;

const shape = {
  format: z.enum(fileFormats),
  nameTemplate: z
    .string()
    .trim()
    .max(200)
    .default("{flow}-{date}-{time}-{run}")
    .superRefine((template, context) => {
      const fault = fileNameFault(template);
      if (fault) context.addIssue({ code: "custom", message: fault });
    }),
  /** gzip for text formats; Parquet compresses inside (Snappy). */
  compression: z.enum(["none", "gzip"]).default("none"),
  csv: csvOptionsSchema.prefault({}),
};

/** Files in a folder below the one the administrator has set aside for them. */
export const folderSettingsSchema = z.strictObject({ place: z.literal("folder"), folder: pathSchema, ...shape });

/** Objects in storage that speaks the S3 protocol. */
export const bucketSettingsSchema = z.strictObject({
  place: z.literal("s3"),
  endpoint: httpAddressSchema,
  region: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]{1,40}$/, { error: "Enter the region, for example eu-central-1." }),
  bucket: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
      error: "Enter the name of the bucket: small letters, digits, dots and hyphens.",
    }),
  /** In front of every name, for example `exports/shop`. */
  prefix: pathSchema,
  accessKeyId: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,128}$/, { error: "Enter the access key id." }),
  ...shape,
});

export const filesSettingsSchema = z.discriminatedUnion("place", [folderSettingsSchema, bucketSettingsSchema]);
export type FilesSettings = z.infer<typeof filesSettingsSchema>;
