import { createDatabase, createRole } from "@headgate/testkit";
import { expect, test } from "../fixtures.ts";
import { beginFlow, fillConnection, goOn } from "../pages/wizard.ts";

test("a login without rights is shown the script, and each line is ticked once it was run", async ({
  signedIn: page,
  sourceServer,
}) => {
  const database = await createDatabase({ server: sourceServer });
  await database.query("create table parcels (id integer primary key)");
  await beginFlow(page);
  await fillConnection(page, { ...database, ...(await createRole(database)) });
  await goOn(page, "test");

  const rights = page.getByRole("region", { name: "Rights this needs" });
  await expect(rights).toContainText("One right is missing");
  const lines = rights.getByRole("listitem");
  await expect(lines).toHaveCount(4);
  await expect(lines.nth(1)).toContainText("Granted: Enters the schema");
  await expect(lines.nth(2)).toContainText("Missing: Reads the rows");
  await expect(lines.nth(3)).toContainText("Optional");

  const script = await rights.getByRole("listitem").locator("code").allTextContents();
  await database.query(script.join("\n"));
  await rights.getByRole("button", { name: "Check again" }).click();
  await expect(rights).toContainText("All rights are there");
  for (const line of await lines.all()) await expect(line).toContainText("Granted");
});
