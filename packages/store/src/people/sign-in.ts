import type { User } from "@headgate/contract";
import type { Pool } from "pg";
import { z } from "zod";
import { inTransaction, maybeOne, type Queryable } from "../db.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import { createSession, endSessionsOf, sha256 } from "./sessions.ts";
import { findPasswordHash, findUserByEmail } from "./users.ts";

/** [R7] Tries that cost nothing; after them each failure doubles the wait, up to a quarter of an hour. */
const freeTries = 10;
const longestWaitSeconds = 900;
const waitSeconds = `case when failures < ${freeTries} then 0
  else least(${longestWaitSeconds}, power(2, least(failures, 30) - ${freeTries})) end`;

export type SignInResult =
  | { readonly status: "signed_in"; readonly user: User; readonly sessionToken: string }
  | { readonly status: "wrong" }
  | { readonly status: "slow_down"; readonly retryAfterSeconds: number };

/**
 * Signs a person in. Unknown people and wrong passwords get the same answer after the same work. [R6]
 * @param address the browser's address; one address that guesses does not slow down the person's own.
 */
export async function signInUser(
  db: Pool,
  given: { readonly email: string; readonly password: string; readonly address: string },
): Promise<SignInResult> {
  const account = sha256(given.email.toLowerCase());
  const wait = await countTry(db, account, given.address);
  if (wait > 0) return { status: "slow_down", retryAfterSeconds: wait };
  const found = await findUserByEmail(db, given.email);
  if (!(await isPassword(given.password, found?.passwordHash)) || !found) return { status: "wrong" };
  const { passwordHash: _unused, ...user } = found;
  await forgetTries(db, account, given.address);
  return { status: "signed_in", user, sessionToken: await createSession(db, user.id) };
}

export type ConfirmPasswordResult =
  | { readonly status: "confirmed" }
  | { readonly status: "wrong" }
  | { readonly status: "slow_down"; readonly retryAfterSeconds: number };

/** Makes sure that the person who is signed in is the one who asks; failures count like those of signing in. [R7] */
export async function confirmOwnPassword(
  db: Pool,
  user: User,
  given: { readonly password: string; readonly address: string },
): Promise<ConfirmPasswordResult> {
  const account = sha256(user.email.toLowerCase());
  const wait = await countTry(db, account, given.address);
  if (wait > 0) return { status: "slow_down", retryAfterSeconds: wait };
  if (!(await isPassword(given.password, await findPasswordHash(db, user.id)))) return { status: "wrong" };
  await forgetTries(db, account, given.address);
  return { status: "confirmed" };
}

export type ChangePasswordResult =
  | { readonly status: "changed"; readonly sessionToken: string }
  | Exclude<ConfirmPasswordResult, { status: "confirmed" }>;

/** Changes a password after asking for the old one; every session ends and a new one takes its place. [R11] */
export async function changeOwnPassword(
  db: Pool,
  user: User,
  given: { readonly currentPassword: string; readonly newPassword: string; readonly address: string },
): Promise<ChangePasswordResult> {
  const { currentPassword: password, address } = given;
  const confirmed = await confirmOwnPassword(db, user, { password, address });
  if (confirmed.status !== "confirmed") return confirmed;
  const passwordHash = await hashPassword(given.newPassword);
  return inTransaction(db, async (client) => {
    await client.query("update users set password_hash = $2 where id = $1", [user.id, passwordHash]);
    await endSessionsOf(client, user.id);
    return { status: "changed" as const, sessionToken: await createSession(client, user.id) };
  });
}

/** Counts a try before its password is looked at, so that many at once are counted too. Answers seconds to wait, or 0. */
async function countTry(db: Queryable, account: Buffer, address: string): Promise<number> {
  const counted = await db.query(
    `insert into sign_in_failures (account_hash, address, failures, last_at) values ($1, $2, 1, now())
     on conflict on constraint one_count_per_account_and_address do update
        set failures = case when sign_in_failures.last_at < now() - interval '1 day' then 1
                            else sign_in_failures.failures + 1 end,
            last_at = now()
      where sign_in_failures.last_at + make_interval(secs => (${qualified(waitSeconds)})) <= now()`,
    [account, address],
  );
  if (counted.rowCount === 1) return 0;
  const row = await maybeOne(
    db,
    z.object({ seconds: z.int() }),
    `select greatest(1, ceil(extract(epoch from last_at + make_interval(secs => (${waitSeconds})) - now())))::int as seconds
       from sign_in_failures where account_hash = $1 and address = $2`,
    [account, address],
  );
  return row?.seconds ?? 1;
}

async function forgetTries(db: Queryable, account: Buffer, address: string): Promise<void> {
  await db.query("delete from sign_in_failures where account_hash = $1 and address = $2", [account, address]);
}

function qualified(expression: string): string {
  return expression.replaceAll("failures", "sign_in_failures.failures");
}
