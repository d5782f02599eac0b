import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { giveListsASize } from "../../../../testing/wizard/list-size.ts";
import { answer } from "../../../../testing/fake-server.ts";
import { customers, draftBefore, shop, stream } from "../../../../testing/wizard/samples.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";

const draft = draftBefore("table");
const hidden = stream({ name: "payroll", readable: false });

beforeEach(giveListsASize);

describe("step 3, table", () => {
  it("shows the first rows of the chosen table, and empty values as words [RS-06] [RS-08]", async () => {
    const server = wizardServer({ draft, sourceTables: [customers, hidden] });
    const { person } = await renderWizard(draft.id, "table");
    await person.click(await screen.findByRole("option", { name: /customers/ }));
    const rows = await screen.findByRole("region", { name: "Preview of customers" });
    expect(within(rows).getByRole("columnheader", { name: /balance.*bigint/ })).toBeVisible();
    expect(within(rows).getByText("9007199254740993")).toBeVisible();
    expect(within(rows).getByText("no value")).toBeVisible();
    await person.click(screen.getByRole("button", { name: "Continue with “customers”" }));
    await screen.findByRole("heading", { level: 1, name: /Step 4 of 7/ });
    expect(server.state.draft.steps.table).toEqual({ schema: "public", name: "customers" });
  });

  it("explains a table that may not be read, with the lines for an administrator", async () => {
    wizardServer({ draft, sourceTables: [customers, hidden] });
    const { person } = await renderWizard(draft.id, "table");
    await person.click(await screen.findByRole("option", { name: /payroll/ }));
    expect(await screen.findByText("“payroll” cannot be read yet")).toBeVisible();
    expect(await screen.findByText(/GRANT SELECT ON TABLE "public"\."payroll" TO "reader";/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Continue" })).toBeVisible();
  });

  it("asks for a table before going on", async () => {
    wizardServer({ draft });
    const { person } = await renderWizard(draft.id, "table");
    await screen.findByRole("option", { name: /customers/ });
    await person.click(screen.getByRole("button", { name: "Continue" }));
    expect(await screen.findByRole("link", { name: "Choose a table." })).toBeVisible();
  });

  it("finds the search box with / and says when nothing matches", async () => {
    wizardServer({ draft });
    const { person } = await renderWizard(draft.id, "table");
    await screen.findByRole("option", { name: /customers/ });
    await person.keyboard("/");
    expect(screen.getByRole("searchbox", { name: "Search tables" })).toHaveFocus();
    await person.keyboard("zebra");
    expect(await screen.findByText("No table or view has “zebra” in its name or comment.")).toBeVisible();
    await person.click(screen.getByRole("button", { name: "Clear the search" }));
    expect(await screen.findByRole("option", { name: /customers/ })).toBeVisible();
  });

  it("lets a name be typed where tables may not be listed [AZ-04]", async () => {
    const failure = { stage: "schema", code: "schema_forbidden", facts: {}, detail: "" };
    const server = wizardServer({
      draft,
      answers: {
        [`GET /api/connections/${shop.id}/catalog`]: () => answer({ status: "failed", failure }),
      },
    });
    const { person } = await renderWizard(draft.id, "table");
    await person.type(await screen.findByLabelText("Table name"), "public.customers");
    await person.click(screen.getByRole("button", { name: /Continue/ }));
    await waitFor(() => expect(server.state.draft.steps.table).toEqual({ schema: "public", name: "customers" }));
  });
});
