import { z } from "zod";

/** Ids are random UUIDs, so that knowing one never helps to guess another. */
export const idSchema = z.uuid({ error: "This is not an id Headgate gave out." });

/** A moment in UTC, for example `2026-11-21T09:30:00.000Z`. */
export const instantSchema = z.iso.datetime();

const encoder = new TextEncoder();

/** PostgreSQL cuts longer names silently, and two cut names can collide (bad inputs 135, 136). */
export const identifierBytes = 63;

/** A PostgreSQL schema, table or column name, exactly as PostgreSQL stores it: no quoting, no folding. */
export const identifierSchema = z
  .string()
  .min(1, { error: "Enter a name." })
  .refine((name) => !name.includes("\0"), { error: "A name cannot contain an invisible NUL character." })
  .refine((name) => encoder.encode(name).length <= identifierBytes, {
    error: "This name is too long: PostgreSQL keeps at most 63 bytes.",
  });

/** A name people give to things of ours: connections, flows, themselves. */
export const labelSchema = z
  .string()
  .trim()
  .min(1, { error: "Enter a name." })
  .max(120, { error: "Use at most 120 characters." })
  .refine((text) => !/[\p{Cc}]/u.test(text), { error: "A name cannot contain line breaks or control characters." });

/** An IANA time zone the running engine knows, for example `Europe/Paris`. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "Choose a time zone from the list, for example Europe/Paris." });

function isTimeZone(name: string): boolean {
  // Only region names: fixed offsets and abbreviations such as EST5EDT do not follow clock changes (bad input 184).
  if (name !== "UTC" && !/^[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** How many there are. */
export const countSchema = z.int().min(0);
