import { userSchema, type Role, type User } from "@headgate/contract";
import { z } from "zod";
import { instant, maybeOne, one, type Queryable } from "../db.ts";

/** The columns of one user, as the contract names them; `users` must be in the query. */
export const userColumns = `users.id, users.name, users.email, users.role, users.time_zone as "timeZone",
  ${instant("users.created_at")} as "createdAt"`;

const userWithHashSchema = userSchema.extend({ passwordHash: z.string() });

export type NewUser = {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly timeZone: string;
  readonly passwordHash: string;
};

/** Adds a person. */
export function insertUser(db: Queryable, user: NewUser): Promise<User> {
  return one(
    db,
    userSchema,
    `insert into users (name, email, role, time_zone, password_hash) values ($1, $2, $3, $4, $5) returning ${userColumns}`,
    [user.name, user.email, user.role, user.timeZone, user.passwordHash],
  );
}

/** Finds a person by e-mail address, whatever its capitals, with the hash to compare. */
export function findUserByEmail(db: Queryable, email: string): Promise<z.infer<typeof userWithHashSchema> | undefined> {
  return maybeOne(
    db,
    userWithHashSchema,
    `select ${userColumns}, password_hash as "passwordHash" from users where lower(email) = lower($1)`,
    [email],
  );
}

/** The stored hash of a person who is signed in. */
export async function findPasswordHash(db: Queryable, userId: string): Promise<string | undefined> {
  const row = await maybeOne(
    db,
    z.object({ passwordHash: z.string() }),
    `select password_hash as "passwordHash" from users where id = $1`,
    [userId],
  );
  return row?.passwordHash;
}

/** Whether nobody has an account yet, so that the one-time set-up link may be used. */
export async function isSetupOpen(db: Queryable): Promise<boolean> {
  const { open } = await one(db, z.object({ open: z.boolean() }), "select not exists (select from users) as open");
  return open;
}
