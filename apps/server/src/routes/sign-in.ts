import { endpoints } from "@headgate/contract";
import {
  changeOwnPassword,
  completeSetup,
  endSession,
  findSession,
  isSetupOpen,
  passwordFault,
  signInUser,
  type SignInResult,
} from "@headgate/store";
import type { Request } from "express";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { invalid, Refusal } from "../http/refusal.ts";
import { remoteAddress } from "../http/remote-address.ts";
import { clearSessionCookie, readSessionCookie, setSessionCookie } from "../http/session-cookie.ts";

/** First-run set-up, signing in and out. */
export function signInRoutes(api: Api): void {
  const { db } = api.context.store;

  mount(api, endpoints.getSetup, async ({ req }) => {
    const token = readSessionCookie(req);
    const user = token === undefined ? undefined : await findSession(db, token);
    return { open: await isSetupOpen(db), signedIn: user !== undefined };
  });

  mount(api, endpoints.completeSetup, async ({ body, res }) => {
    // A closed door is said before anything about the answers.
    if (!(await isSetupOpen(db))) throw new Refusal("error:setup/closed");
    requireGoodPassword("password", body.password, body);
    const result = await completeSetup(db, body);
    if (result.status === "closed") throw new Refusal("error:setup/closed");
    if (result.status === "wrong_link") throw new Refusal("error:setup/wrong-link");
    setSessionCookie(res, result.sessionToken);
    return result.user;
  });

  mount(api, endpoints.getSession, ({ user }) => user);

  mount(api, endpoints.signIn, async ({ body, req, res }) => {
    const result = await signInUser(db, { ...body, address: remoteAddress(req) });
    if (result.status !== "signed_in") throw refusalOf(result);
    await endOldSession(req);
    setSessionCookie(res, result.sessionToken);
    return result.user;
  });

  mount(api, endpoints.signOut, async ({ req, res }) => {
    await endOldSession(req);
    clearSessionCookie(res);
    return {};
  });

  mount(api, endpoints.changePassword, async ({ body, user, req, res }) => {
    requireGoodPassword("newPassword", body.newPassword, user);
    const result = await changeOwnPassword(db, user, { ...body, address: remoteAddress(req) });
    if (result.status === "wrong") throw invalid({ currentPassword: "This is not your current password." });
    if (result.status === "slow_down") throw refusalOf(result);
    setSessionCookie(res, result.sessionToken);
    return {};
  });

  async function endOldSession(req: Request): Promise<void> {
    const token = readSessionCookie(req);
    if (token !== undefined) await endSession(db, token);
  }
}

function requireGoodPassword(field: string, password: string, person: { name: string; email: string }): void {
  const fault = passwordFault(password, person);
  if (fault) throw invalid({ [field]: fault });
}

function refusalOf(result: Exclude<SignInResult, { status: "signed_in" }>): Refusal {
  if (result.status === "wrong") return new Refusal("error:auth/wrong-credentials");
  return new Refusal("error:auth/too-many-attempts", { retryAfterSeconds: result.retryAfterSeconds });
}
