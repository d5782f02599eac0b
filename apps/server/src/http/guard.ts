import type { AnyEndpoint, Role, User } from "@headgate/contract";
import { findSession, type Store } from "@headgate/store";
import type { Request } from "express";
import { Refusal } from "./refusal.ts";
import { readSessionCookie } from "./session-cookie.ts";

const ranks = { viewer: 1, editor: 2, admin: 3 } as const satisfies Record<Role, number>;

/** Lets a request through that the endpoint's access rule allows; undefined only for public endpoints. [R2] */
export async function admit(db: Store["db"], endpoint: AnyEndpoint, req: Request): Promise<User | undefined> {
  if (endpoint.access === "public") return undefined;
  const token = readSessionCookie(req);
  const user = token === undefined ? undefined : await findSession(db, token);
  if (!user) throw new Refusal("error:auth/signed-out");
  if (ranks[user.role] < ranks[endpoint.access]) throw new Refusal("error:auth/forbidden");
  return user;
}
