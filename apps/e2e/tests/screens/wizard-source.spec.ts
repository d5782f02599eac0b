import { createRole } from "@headgate/testkit";
import { expect, test } from "../../fixtures.ts";
import { openMusicShop } from "../../music-shop.ts";
import { expectGoodLooks } from "../../pages/looks.ts";
import { beginFlow, continueButton, expectTestPassed, fillConnection, goOn, tableOption } from "../../pages/wizard.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("steps 1 to 3 look good to eyes and screen readers, also when something is wrong", async ({
  signedIn: page,
  sourceServer,
}) => {
  test.setTimeout(300_000);
  const shop = await openMusicShop(sourceServer);
  const reader = { ...shop, ...(await createRole(shop, { grants: ["select on all tables in schema public"] })) };
  await beginFlow(page);
  await fillConnection(page, { ...reader, host: "bad host", port: 99999 });
  await continueButton(page).click();
  await expect(page.getByRole("alert")).toContainText("There is a problem");
  await expectGoodLooks(page, "1-credentials-faults");

  await fillConnection(page, { ...reader, password: "not the right one" });
  await goOn(page, "test");
  await expect(page.getByRole("alert")).toContainText("User name or password is not right");
  await page.getByText("Message for your administrator").click();
  await page.getByText("Technical details", { exact: true }).click();
  await expectGoodLooks(page, "2-test-failed");

  await page.getByRole("link", { name: "Change the credentials" }).click();
  await page.getByLabel("Password", { exact: true }).fill(reader.password);
  await goOn(page, "test");
  await expectTestPassed(page);
  await expectGoodLooks(page, "2-test-passed");

  await goOn(page, "table");
  await tableOption(page, "tracks").click();
  await expect(page.getByRole("region", { name: "Preview of tracks" })).toContainText("Track 1");
  await expectGoodLooks(page, "3-table");
  await page.getByRole("searchbox", { name: "Search tables" }).fill("no such table");
  await expect(page.getByText("No table or view has")).toBeVisible();
  await expectGoodLooks(page, "3-table-nothing-found");

  await page.getByText("Write a query").click();
  await page.getByLabel("SQL").fill("select title, artist_id\nfrom albms");
  await page.getByRole("button", { name: "Run and show the first rows" }).click();
  await expect(page.getByRole("alert")).toContainText("Line 2, column 6");
  await expectGoodLooks(page, "3-query-wrong");
  await page.getByLabel("SQL").fill("select title, artist_id\nfrom albums");
  await page.getByRole("button", { name: "Run and show the first rows" }).click();
  await expect(page.getByRole("region", { name: "Preview of query" })).toContainText("Álbum №1");
  await expectGoodLooks(page, "3-query");
});
