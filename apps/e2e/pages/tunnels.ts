import { expect, type Locator, type Page } from "@playwright/test";

/** Opens the form of a new tunnel from the form of a connection. */
export async function openNewTunnel(page: Page): Promise<Locator> {
  await page.getByText("More ways to connect").click();
  await page.getByRole("button", { name: "New SSH tunnel" }).click();
  return page.getByRole("dialog");
}

/** Fills the form of a new tunnel, to be reached with a key that Headgate makes, and saves it. */
export async function saveTunnel(
  dialog: Locator,
  server: { readonly host: string; readonly port: number; readonly user: string; readonly name: string },
): Promise<void> {
  await dialog.getByLabel("SSH server", { exact: true }).fill(server.host);
  await dialog.getByLabel("Port").fill(String(server.port));
  await dialog.getByLabel("User on the SSH server").fill(server.user);
  await dialog.getByLabel("Tunnel name").fill(server.name);
  await expect(dialog.getByRole("radio", { name: "With a key that Headgate makes" })).toBeChecked();
  await dialog.getByRole("button", { name: "Save and go on" }).click();
}

/** What the person passes on to whoever runs the SSH server. */
export function keyLine(within: Page | Locator): Locator {
  return within.getByRole("region", { name: "Line for authorized_keys" });
}

export function yesItIs(within: Page | Locator): Locator {
  return within.getByRole("button", { name: "Yes, this is the server" });
}
