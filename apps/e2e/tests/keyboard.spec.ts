import { expect, test } from "../fixtures.ts";
import { openLedger, openMusicShop } from "../music-shop.ts";
import { expectReceipt, expectRunSucceeded, listedRuns } from "../pages/flow.ts";
import { arrowTo, pressEnterOn, tabTo, typeInto } from "../pages/keyboard.ts";
import { continueButton, expectStep, expectTestPassed, tableOption } from "../pages/wizard.ts";
import { expectSameRows } from "../row-texts.ts";
import { saveConnection } from "../site.ts";

test("the whole way, from signing in to rows arriving, goes by keyboard alone", async ({
  page,
  site,
  account,
  sourceServer,
  destinationServer,
}) => {
  const shop = await openMusicShop(sourceServer);
  const ledger = await openLedger(destinationServer);
  await saveConnection(site, ledger);

  await page.goto("/");
  await typeInto(page, page.getByLabel("E-mail"), account.email);
  await typeInto(page, page.getByLabel("Password", { exact: true }), account.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Flows");
  await pressEnterOn(page, page.getByRole("button", { name: /^(New flow$|Connect your database)/ }));

  await expectStep(page, "credentials");
  await arrowTo(
    page,
    page.getByRole("group", { name: "Which database?" }),
    page.getByRole("radio", { name: "A new connection" }),
  );
  await typeInto(page, page.getByLabel("Server address"), shop.host);
  await typeInto(page, page.getByLabel("Port", { exact: true }), String(shop.port));
  await typeInto(page, page.getByLabel("Database", { exact: true }), shop.database);
  await typeInto(page, page.getByLabel("User", { exact: true }), shop.user);
  await typeInto(page, page.getByLabel("Password", { exact: true }), shop.password);
  await page.keyboard.press("Enter");

  await expectStep(page, "test");
  await expectTestPassed(page);
  await pressEnterOn(page, continueButton(page));

  await expectStep(page, "table");
  await expect(page.getByRole("listbox", { name: "Tables" })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("albu");
  await expect(page.getByRole("option")).toHaveCount(1);
  await tabTo(page, page.getByRole("listbox", { name: "Tables" }));
  await page.keyboard.press("Enter");
  await expect(tableOption(page, "albums")).toHaveAttribute("aria-selected", "true");
  await pressEnterOn(page, page.getByRole("button", { name: "Continue with “albums”" }));

  await expectStep(page, "destination");
  await arrowTo(
    page,
    page.getByRole("group", { name: "Which database do the rows go to?" }),
    page.getByRole("radio", { name: ledger.database, exact: true }),
  );
  await pressEnterOn(page, page.getByRole("button", { name: "Test and use this connection" }));
  await arrowTo(
    page,
    page.getByRole("group", { name: "Where in this database?" }),
    page.getByRole("radio", { name: "Create it for me" }),
  );
  await typeInto(page, page.getByLabel("Name of the new table"), "albums_by_keyboard");
  await pressEnterOn(page, continueButton(page));

  await expectStep(page, "mapping");
  await tabTo(page, page.getByRole("checkbox", { name: "Send released" }));
  await page.keyboard.press("Space");
  await expect(page.getByText("3 of 4 columns selected")).toBeVisible();
  await pressEnterOn(page, continueButton(page));

  await expectStep(page, "schedule");
  await arrowTo(
    page,
    page.getByRole("group", { name: "When should it run?" }),
    page.getByRole("radio", { name: "Only when I press Run now" }),
  );
  await pressEnterOn(page, continueButton(page));

  await expectStep(page, "review");
  await typeInto(page, page.getByLabel("Flow name"), "Albums by keyboard");
  await pressEnterOn(page, page.getByRole("button", { name: "Start", exact: true }));

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Albums by keyboard");
  await expectRunSucceeded(page);
  await pressEnterOn(page, listedRuns(page).first().getByRole("link"));
  await expectReceipt(page, { read: 180, created: 180, updated: 0, unchanged: 0 });
  await expectSameRows(
    [shop, "select album_id, title, artist_id from albums"],
    [ledger, "select * from albums_by_keyboard"],
  );
});
