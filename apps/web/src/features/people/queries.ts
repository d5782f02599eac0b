import { changePassword, completeSetup, getSetup, signIn, signOut } from "@headgate/contract";
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { call } from "../../lib/api.ts";
import { markSessionResumed } from "../../lib/session-ended.ts";
import { sessionQuery } from "../../lib/session-query.ts";

export const peopleQueries = {
  session: sessionQuery,
  setup: () => queryOptions({ queryKey: ["setup"], queryFn: ({ signal }) => call(getSetup, { signal }), staleTime: 0 }),
};

/** The password was right, but the browser did not keep the session's cookie. */
export class CookieRefusedError extends Error {
  constructor() {
    super("The browser did not keep the session cookie.");
    this.name = "CookieRefusedError";
  }
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: z.input<typeof signIn.body>) => {
      await call(signIn, { body });
      await confirmSession(client);
    },
  });
}

export function useCompleteSetup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: z.input<typeof completeSetup.body>) => {
      await call(completeSetup, { body });
      await confirmSession(client);
    },
  });
}

/** Asks who is signed in, because a cookie that was not kept shows only in the next request. */
async function confirmSession(client: QueryClient): Promise<void> {
  const user = await client.fetchQuery({ ...peopleQueries.session(), staleTime: 0 });
  if (!user) throw new CookieRefusedError();
  markSessionResumed();
  // The page behind a sign-in dialog is asked anew; the doors must not change while they are being left.
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "setup" && queryKey[0] !== "session" });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(signOut),
    onSuccess: () => {
      client.clear();
      client.setQueryData(peopleQueries.session().queryKey, null);
    },
  });
}

export function useChangePassword() {
  return useMutation({ mutationFn: (body: z.input<typeof changePassword.body>) => call(changePassword, { body }) });
}
