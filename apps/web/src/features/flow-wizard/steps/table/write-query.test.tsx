import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { answer } from "../../../../testing/fake-server.ts";
import { giveListsASize } from "../../../../testing/wizard/list-size.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { customers, draftBefore, shop } from "../../../../testing/wizard/samples.ts";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";

const draft = draftBefore("table");
const path = `POST /api/connections/${shop.id}/query`;
const stream = { ...customers, schema: "", name: "Big customers", kind: "query", uniqueKeys: [] };
const preview = { columns: [{ name: "id", type: "integer", typeName: "pg_catalog.int4" }], rows: [["17"]] };

beforeEach(giveListsASize);

async function open(verdict: () => unknown) {
  const server = wizardServer({ draft, answers: { [path]: () => answer(verdict()) } });
  const { person } = await renderWizard(draft.id, "table");
  await person.click(await screen.findByText("Write a query"));
  return { server, person };
}

it("a query is run, shown, and saved with the schemas its names were found in", async () => {
  const { server, person } = await open(() => ({ status: "succeeded", stream, preview, searchPath: ["sales"] }));
  await person.clear(screen.getByLabelText("What the query is called"));
  await person.type(screen.getByLabelText("What the query is called"), "Big customers");
  await person.type(screen.getByLabelText("SQL"), "select id from customers");
  await person.click(screen.getByRole("button", { name: "Continue" }));
  expect(await screen.findByRole("link", { name: /Run the query as it stands now/ })).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Run and show the first rows" }));
  expect(within(await screen.findByRole("region", { name: "Preview of Big customers" })).getByText("17")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Continue" }));
  await waitFor(() =>
    expect(server.state.draft.steps.table).toEqual({
      from: "query",
      query: { name: "Big customers", sql: "select id from customers", searchPath: ["sales"] },
    }),
  );
});

it("what is wrong with it is said with line and column, in the database's own words", async () => {
  const detail = 'column "nothere" does not exist';
  const failure = { stage: "table", code: "query_refused", facts: { line: "2", column: "8" }, detail };
  const { person } = await open(() => ({ status: "failed", failure }));
  await person.type(screen.getByLabelText("SQL"), "select nothere");
  await person.click(screen.getByRole("button", { name: "Run and show the first rows" }));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The database does not accept this query");
  expect(alert).toHaveTextContent(`Line 2, column 8: ${detail}`);
});
