import { randomBytes } from "node:crypto";
import type { SetupAnswers, User } from "@headgate/contract";
import type { Pool } from "pg";
import { inTransaction, type Queryable } from "../db.ts";
import { hashPassword } from "./passwords.ts";
import { createSession, sha256 } from "./sessions.ts";
import { insertUser, isSetupOpen } from "./users.ts";

/** How long a set-up link works. [R1] */
export const setupMinutes = 30;

// Any number nobody else locks: two people who use the link at once must not both become the first account.
const setupLock = 4_021_001;

/** Makes the secret of a new one-time set-up link, 256 bits; links made before stop working. [R1] */
export async function createSetupToken(db: Queryable): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.query(
    `with replaced as (delete from setup_links)
     insert into setup_links (token_hash, expires_at) values ($1, now() + make_interval(mins => $2))`,
    [sha256(token), setupMinutes],
  );
  return token;
}

export type SetupResult =
  | { readonly status: "completed"; readonly user: User; readonly sessionToken: string }
  | { readonly status: "closed" }
  | { readonly status: "wrong_link" };

/** Creates the first account, an administrator, from the set-up link, and signs it in. The link works once. [R1] */
export async function completeSetup(db: Pool, answers: SetupAnswers): Promise<SetupResult> {
  if (!(await isSetupOpen(db))) return { status: "closed" };
  // Known before a costly hash is made for a guess; decided again inside the transaction.
  const tokenHash = sha256(answers.token);
  const known = await db.query("select from setup_links where token_hash = $1 and expires_at > now()", [tokenHash]);
  if (known.rowCount === 0) return { status: "wrong_link" };
  const passwordHash = await hashPassword(answers.password);
  return inTransaction(db, async (client): Promise<SetupResult> => {
    await client.query("select pg_advisory_xact_lock($1)", [setupLock]);
    if (!(await isSetupOpen(client))) return { status: "closed" };
    const used = await client.query("delete from setup_links where token_hash = $1 and expires_at > now()", [
      tokenHash,
    ]);
    if (used.rowCount === 0) return { status: "wrong_link" };
    const { name, email, timeZone } = answers;
    const user = await insertUser(client, { name, email, timeZone, role: "admin", passwordHash });
    return { status: "completed", user, sessionToken: await createSession(client, user.id) };
  });
}
