import { expect, type BrowserContext } from "@playwright/test";

export type Complaints = {
  /** Lets the test provoke this one: the browser logs every refused request as an error. */
  readonly expect: (pattern: RegExp) => void;
};

/** Asking who is signed in, while nobody is. */
const signedOut = /status of 401 .*\/api\/session$/;

/** Fails the test when a page logged an error, threw one, or broke its own content security policy. */
export async function hearComplaints(
  context: BrowserContext,
  give: (complaints: Complaints) => Promise<void>,
): Promise<void> {
  const heard: string[] = [];
  const expected = [signedOut];
  context.on("console", (message) => {
    if (message.type() === "error") heard.push(`${message.text()} ${message.location().url}`);
  });
  context.on("weberror", (error) => heard.push(error.error().stack ?? error.error().message));
  await give({ expect: (pattern) => void expected.push(pattern) });
  const unexpected = heard.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
  expect(unexpected, "what the browser's console complained about").toEqual([]);
}
