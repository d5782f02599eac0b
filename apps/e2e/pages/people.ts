import { expect, type Page } from "@playwright/test";

export type Login = { readonly email: string; readonly password: string };

/** Fills the form behind the set-up link, which is open, and waits for the home page. */
export async function createFirstAccount(page: Page): Promise<Login> {
  const login = { email: "ada@example.com", password: "the river carries boats uphill" };
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("E-mail").fill(login.email);
  await page.getByLabel("Password", { exact: true }).fill(login.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Flows");
  return login;
}

export async function signIn(page: Page, { email, password }: Login): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Flows");
}
