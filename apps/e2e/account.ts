import { randomBytes } from "node:crypto";
import type { SetupAnswers } from "@headgate/contract";
import type { Cookie } from "@playwright/test";

export type Account = {
  readonly email: string;
  readonly password: string;
  readonly cookie: Cookie;
};

/** Creates the first account through the one-time link's secret, as the set-up page does, and keeps the session. */
export async function createAccount(product: { url: string; setupLink: string | undefined }): Promise<Account> {
  const token = product.setupLink?.split("#")[1];
  if (token === undefined) throw new Error("The product printed no set-up link.");
  const email = "ada@example.com";
  const password = randomBytes(18).toString("base64url");
  const answers: SetupAnswers = { token, name: "Ada Lovelace", email, password, timeZone: "Europe/Paris" };
  const response = await fetch(`${product.url}/api/setup`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-headgate": "1", origin: product.url },
    body: JSON.stringify(answers),
  });
  if (!response.ok) throw new Error(`The first account was refused: ${await response.text()}`);
  return { email, password, cookie: parseCookie(response.headers.getSetCookie(), product.url) };
}

function parseCookie(lines: readonly string[], url: string): Cookie {
  const [name, ...value] = (lines.find((line) => line.startsWith("__Host-")) ?? "").split(";")[0]?.split("=") ?? [];
  if (!name) throw new Error("The answer to the set-up carried no session cookie.");
  const { hostname: domain } = new URL(url);
  const text = value.join("=");
  return { name, value: text, domain, path: "/", expires: -1, httpOnly: true, secure: true, sameSite: "Lax" };
}
