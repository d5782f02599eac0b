import { createHash, randomBytes } from "node:crypto";
import { userSchema, type User } from "@headgate/contract";
import { z } from "zod";
import { maybeOne, type Queryable } from "../db.ts";
import { userColumns } from "./users.ts";

/** A session ends after this long without a request, and after this long in any case. [R11] */
export const idleMinutes = 30;
export const absoluteHours = 12;

const alive = `sessions.last_seen_at > now() - interval '${idleMinutes} minutes'
  and sessions.created_at > now() - interval '${absoluteHours} hours'`;

const sessionRowSchema = userSchema.extend({ stale: z.boolean() });

/** Starts a session and returns its 256-bit secret; only the hash is kept. [R10] */
export async function createSession(db: Queryable, userId: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.query("insert into sessions (token_hash, user_id) values ($1, $2)", [sha256(token), userId]);
  return token;
}

/** The person behind a session's secret, or undefined when it has ended. Using it keeps it alive. */
export async function findSession(db: Queryable, token: string): Promise<User | undefined> {
  const row = await maybeOne(
    db,
    sessionRowSchema,
    `select ${userColumns}, sessions.last_seen_at < now() - interval '1 minute' as stale
       from sessions join users on users.id = sessions.user_id
      where sessions.token_hash = $1 and ${alive}`,
    [sha256(token)],
  );
  if (!row) return undefined;
  const { stale, ...user } = row;
  // At most one write a minute and session, not one per request.
  if (stale) await db.query("update sessions set last_seen_at = now() where token_hash = $1", [sha256(token)]);
  return user;
}

/** Ends one session. */
export async function endSession(db: Queryable, token: string): Promise<void> {
  await db.query("delete from sessions where token_hash = $1", [sha256(token)]);
}

/** Ends every session of a person, for a new password or a lost device. */
export async function endSessionsOf(db: Queryable, userId: string): Promise<void> {
  await db.query("delete from sessions where user_id = $1", [userId]);
}

/** Removes what has ended: sessions, unused set-up links, old failures. */
export async function pruneSignIn(db: Queryable): Promise<void> {
  await db.query(`delete from sessions where not (${alive})`);
  await db.query("delete from setup_links where expires_at < now()");
  await db.query("delete from sign_in_failures where last_at < now() - interval '1 day'");
}

/** Secrets with 256 random bits need no slow hash: they cannot be guessed. */
export function sha256(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
