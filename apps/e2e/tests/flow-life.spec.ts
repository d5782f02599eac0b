import type { TestDatabase } from "@headgate/testkit";
import { expect, test } from "../fixtures.ts";
import { untilSomebodyWaits, whileTableIsHeld } from "../held-table.ts";
import { lineColumns, lineCount, linesTable, openLedger, openMusicShop } from "../music-shop.ts";
import { expectRunSucceeded, listedRuns, runNow } from "../pages/flow.ts";
import { makeFlow, saveConnection } from "../site.ts";

type Story = { readonly flowId: string; readonly name: string; readonly ledger: TestDatabase };

const storied = test.extend<{ readonly story: Story }>({
  story: async ({ site, sourceServer, destinationServer }, give) => {
    const shop = await openMusicShop(sourceServer);
    const ledger = await openLedger(destinationServer);
    const name = `Lines of ${shop.database}`;
    const flowId = await makeFlow(site, {
      name,
      source: await saveConnection(site, shop),
      destination: await saveConnection(site, ledger),
      table: linesTable,
      columns: lineColumns,
      writeMode: "upsert",
      syncKey: ["invoice_line_id"],
      schedule: { kind: "every", every: 2, unit: "days", timeZone: "Europe/Paris", missed: "skip" },
    });
    await give({ flowId, name, ledger });
  },
});

storied("a paused flow does not run, and a resumed one does", async ({ signedIn: page, story }) => {
  await page.goto(`/flows/${story.flowId}`);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Paused: nothing runs until you resume it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Run now" })).toBeDisabled();
  await page.reload();
  await expect(page.getByText("Paused: nothing runs until you resume it.")).toBeVisible();

  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("Paused: nothing runs until you resume it.")).toBeHidden();
  await expect(page.getByText(/Next run (in|tomorrow)/)).toBeVisible();
  await runNow(page);
  await expectRunSucceeded(page);
});

storied(
  "a run that is stopped takes back what it wrote, and the next one is whole",
  async ({ signedIn: page, story }) => {
    const { flowId, ledger } = story;
    await page.goto(`/flows/${flowId}`);
    await whileTableIsHeld(ledger, "sales.invoice_lines", async () => {
      await runNow(page);
      await untilSomebodyWaits(ledger);
      await page.getByRole("button", { name: "Stop", exact: true }).click();
      await page.getByRole("dialog", { name: "Stop this run?" }).getByRole("button", { name: "Stop the run" }).click();
      await expect(listedRuns(page).first()).toContainText("Stopped", { timeout: 60_000 });
    });
    expect((await ledger.query("select from sales.invoice_lines")).rowCount).toBe(0);

    await runNow(page);
    await expectRunSucceeded(page, 2);
    expect((await ledger.query("select from sales.invoice_lines")).rowCount).toBe(lineCount);
  },
);

storied("a deleted flow is gone, and the rows it moved stay", async ({ signedIn: page, story, complaints }) => {
  const { flowId, name, ledger } = story;
  await page.goto(`/flows/${flowId}`);
  await runNow(page);
  await expectRunSucceeded(page);
  await page.getByRole("button", { name: "Delete" }).click();
  const question = page.getByRole("dialog", { name: `Delete “${name}”?` });
  await expect(question).toContainText("Rows it has copied stay where they are");
  await question.getByRole("button", { name: "Delete flow" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Flows");
  await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
  complaints.expect(/status of 404 .*\/api\/flows\//);
  await page.goto(`/flows/${flowId}`);
  await expect(page.getByText("This flow is gone")).toBeVisible();
  expect((await ledger.query("select from sales.invoice_lines")).rowCount).toBe(lineCount);
});
