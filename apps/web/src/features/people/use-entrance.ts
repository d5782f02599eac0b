import { useState } from "react";
import { CookieRefusedError } from "./queries.ts";

export type Entrance<Answers> = {
  /** The answers were right, but this browser does not keep the session's cookie. */
  readonly cookieRefused: boolean;
  readonly enter: (answers: Answers) => Promise<void>;
};

/** Sends what `open` needs to begin a session; other faults than a refused cookie are the form's to show. */
export function useEntrance<Answers>(
  open: (answers: Answers) => Promise<unknown>,
  onOpen: () => void,
): Entrance<Answers> {
  const [cookieRefused, setCookieRefused] = useState(false);
  async function enter(answers: Answers): Promise<void> {
    setCookieRefused(false);
    try {
      await open(answers);
      onOpen();
    } catch (error) {
      if (!(error instanceof CookieRefusedError)) throw error;
      setCookieRefused(true);
    }
  }
  return { cookieRefused, enter };
}
