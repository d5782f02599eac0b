import { openDatabase } from "@headgate/testkit";
import { expect, test as base } from "../fixtures.ts";
import { expectReceipt, expectRunSucceeded, openNewestRun } from "../pages/flow.ts";
import { createFirstAccount } from "../pages/people.ts";
import { chooseTable, dryRunCount, expectStep, expectTestPassed, goOn, start } from "../pages/wizard.ts";
import { expectSameRows } from "../row-texts.ts";

/** A newcomer's product: nobody has an account, nothing has been tried. */
const test = base.extend({
  baseURL: async ({ freshProduct }, give) => give(freshProduct.url),
});

test("a newcomer goes from the set-up link to the sample shop's rows in the other database", async ({
  page,
  freshProduct: product,
}) => {
  const shop = openDatabase(product.practice.source, product.practice.source.database);
  const arrived = openDatabase(product.practice.destination, product.practice.destination.database);

  await page.goto(product.setupLink ?? "");
  await createFirstAccount(page);
  await page.getByRole("button", { name: "Try with sample data" }).click();
  await expectStep(page, "credentials");
  await expect(page.getByRole("radio", { name: "Sample shop" })).toBeChecked();
  await goOn(page, "test");
  await expectTestPassed(page);
  await goOn(page, "table");
  await chooseTable(page, "customers");
  await expect(page.getByRole("region", { name: "Preview of customers" }).getByRole("row")).toHaveCount(21);
  await goOn(page, "destination");
  await expect(page.getByRole("region", { name: "Practice destination" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Create it for me" })).toBeChecked();
  await expect(page.getByLabel("Name of the new table")).toHaveValue("customers");
  await expect(page.getByRole("radio", { name: "Add and update", exact: true })).toBeChecked();
  await expect(page.getByRole("region", { name: "The statement Headgate will run" })).toContainText(/create table/i);
  await goOn(page, "mapping");
  await goOn(page, "schedule");
  await page.getByRole("radio", { name: "Only when I press Run now" }).check();
  await goOn(page, "review");
  await expect(dryRunCount(page, "New")).toHaveText("2,400");
  await start(page, "Customers to practise");
  await expectRunSucceeded(page);
  await openNewestRun(page);
  await expectReceipt(page, { read: 2400, created: 2400, updated: 0, unchanged: 0 });
  await expectSameRows([shop, "select * from customers"], [arrived, "select * from customers"]);
});
