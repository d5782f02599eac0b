import { createDatabase, startSshServer } from "@headgate/testkit";
import { expect, test } from "../../fixtures.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import { keyLine, openNewTunnel, saveTunnel, yesItIs } from "../../pages/tunnels.ts";
import { fillConnection } from "../../pages/wizard.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("SSH tunnels look good to eyes and screen readers, from the form to a server that has changed", async ({
  signedIn: page,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const database = await createDatabase({ server: sourceServer });
  const hop = await startSshServer({});
  const server = { host: hop.host, port: hop.port, user: "tunnel", name: "Office bastion" };

  await page.goto("/connections/new");
  await fillConnection(page, database);
  const dialog = await openNewTunnel(page);
  await dialog.getByRole("radio", { name: "With a private key that you have" }).check();
  await dialog.getByRole("button", { name: "Save and go on" }).click();
  await expect(dialog.getByRole("alert")).toContainText("There is a problem");
  await expectGoodLooks(page, "tunnel-form");

  await dialog.getByRole("radio", { name: "With a key that Headgate makes" }).check();
  await saveTunnel(dialog, server);
  await expect(keyLine(dialog)).toBeVisible();
  await expect(yesItIs(dialog)).toBeVisible();
  await expectGoodLooks(page, "tunnel-keys");

  await yesItIs(dialog).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Save connection" }).click();
  hop.changeHostKey();
  await page.getByRole("button", { name: "Test connection" }).click();
  await page.getByRole("button", { name: "Replace the accepted key" }).click();
  await expect(page.getByLabel("Your Headgate password")).toBeVisible();
  await expectGoodLooks(page, "tunnel-changed");

  await page.goto("/connections");
  await expect(page.getByRole("row", { name: /^Office bastion/ })).toBeVisible();
  await expectGoodLooks(page, "tunnel-list");
  await hop.close();
});
