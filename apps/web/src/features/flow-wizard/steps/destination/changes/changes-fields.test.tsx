import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { giveListsASize } from "../../../../../testing/wizard/list-size.ts";
import { renderWizard } from "../../../../../testing/wizard/render-wizard.tsx";
import { crm, customers, draftBefore, field } from "../../../../../testing/wizard/samples.ts";
import { wizardServer } from "../../../../../testing/wizard/wizard-server.ts";

const draft = draftBefore("destination", { destination: { choice: "saved", connectionId: crm.id } });
const updatedAt = field("updated_at", "timestamp with time zone", { typeName: "pg_catalog.timestamptz" });
const table = { ...customers, fields: [...customers.fields, updatedAt] };

beforeEach(giveListsASize);

async function open(source: typeof customers) {
  const server = wizardServer({ draft, sourceTables: [source], destinationTables: [customers] });
  return { server, ...(await renderWizard(draft.id, "destination")) };
}

it("a table needs no column to go by, and can be narrowed by a time", async () => {
  const { server, person } = await open(table);
  expect(await screen.findByRole("radio", { name: "By PostgreSQL's own mark" })).toBeChecked();
  await person.click(screen.getByRole("combobox", { name: "Look only at rows from lately" }));
  await person.click(await screen.findByRole("option", { name: "updated_at" }));
  await person.clear(screen.getByLabelText("Hours to look back"));
  await person.type(screen.getByLabelText("Hours to look back"), "48");
  await person.click(screen.getByRole("button", { name: "Continue" }));
  await screen.findByRole("heading", { level: 1, name: /Step 5 of 7/ });
  expect(server.state.draft.steps.destination).toMatchObject({
    readMode: "incremental",
    changes: { by: "xmin", cursor: { column: "updated_at", lookBackHours: 48 } },
  });
});

it("a view is compared unless a column is chosen, whose limits are told", async () => {
  const { server, person } = await open({ ...table, kind: "view" });
  expect(await screen.findByRole("radio", { name: "By comparing all rows" })).toBeChecked();
  await waitFor(() => expect(server.state.draft.steps.destination).toMatchObject({ changes: { by: "compare" } }));
  await person.click(screen.getByRole("radio", { name: "By a column that grows" }));
  expect(screen.getByRole("radio", { name: "By a column that grows" })).toHaveAccessibleDescription(/rows are missed/);
  await person.click(screen.getByRole("button", { name: "Continue" }));
  await screen.findByRole("heading", { level: 1, name: /Step 5 of 7/ });
  expect(server.state.draft.steps.destination).toMatchObject({
    changes: { by: "cursor", column: "updated_at", lookBackMinutes: 60 },
  });
});
