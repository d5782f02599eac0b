import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { crm, customers, draftBefore, field, stream } from "../../../../testing/wizard/samples.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";

const draft = draftBefore("mapping");

async function open(over: Partial<Parameters<typeof wizardServer>[0]> = {}) {
  const server = wizardServer({ draft, ...over });
  const wizard = await renderWizard(draft.id, "mapping");
  await screen.findByText(/columns selected/);
  return { server, ...wizard };
}

const json = () => screen.findByRole("region", { name: /One row as it arrives: Row \d of 2/ });
const goOn = () => screen.getByRole("button", { name: "Continue" });

const existing = draftBefore("mapping", {
  destination: {
    choice: "saved",
    connectionId: crm.id,
    target: "existing",
    schema: "public",
    name: "people",
    writeMode: "upsert",
    syncKey: ["id"],
  },
});
const people = (...fields: ReturnType<typeof field>[]) =>
  stream({ name: "people", fields, uniqueKeys: [{ name: "pk", columns: ["id"], primary: true, nullable: false }] });

describe("step 5, mapping", () => {
  it("shows a real row under its new names while they are typed, big numbers exact [RS-11] [RS-12]", async () => {
    const { person } = await open();
    await person.click(screen.getByText("Show one row as JSON"));
    const name = screen.getByLabelText("Name in the destination for email");
    await person.clear(name);
    await person.type(name, "mail");
    expect(await json()).toHaveTextContent(/"mail": "ada@example.com"/);
    expect(await json()).toHaveTextContent(/"balance": 9007199254740993/);
    await person.click(screen.getByRole("button", { name: "Next row" }));
    expect(await json()).toHaveTextContent(/"mail": null/);
    expect(screen.getByText("Row 2 of 2")).toBeVisible();
  });

  it("sends only ticked columns [RS-09]", async () => {
    const { person, server } = await open();
    await person.click(screen.getByRole("checkbox", { name: "Send balance" }));
    expect(screen.getByText("2 of 3 columns selected")).toBeVisible();
    expect(await json()).not.toHaveTextContent("balance");
    await person.click(goOn());
    await screen.findByRole("heading", { level: 1, name: /Step 6 of 7/ });
    expect(server.state.draft.steps.mapping?.fields).toEqual([
      { source: "id", destination: "id" },
      { source: "email", destination: "email" },
    ]);
  });

  it("spares single columns from being overwritten, but never the key [CE-15]", async () => {
    const there = people(field("id", "integer"), field("email", "text"), field("balance", "bigint"));
    const { person, server } = await open({ draft: existing, destinationTables: [there] });
    const spare = screen.getByRole("combobox", { name: "Spare a column" });
    expect(within(spare).queryByRole("option", { name: "id" })).not.toBeInTheDocument();
    await person.selectOptions(spare, "email");
    const email = screen.getByRole("combobox", { name: "email" });
    expect(email).toHaveDisplayValue("Keep what is there when the source is empty");
    await person.selectOptions(email, "Fill it only while the destination is empty");
    await person.selectOptions(spare, "balance");
    await person.selectOptions(screen.getByRole("combobox", { name: "balance" }), "Always overwrite it");
    await person.click(goOn());
    await screen.findByRole("heading", { level: 1, name: /Step 6 of 7/ });
    expect(server.state.draft.steps.mapping?.fields).toEqual([
      { source: "id", destination: "id" },
      { source: "email", destination: "email", overwrites: "empty_only" },
      { source: "balance", destination: "balance" },
    ]);
  });

  it("takes rules for values, says what is wrong with one, and saves them [DD-16]", async () => {
    const { person, server } = await open();
    await person.selectOptions(screen.getByRole("combobox", { name: "Add a rule for a column" }), "balance");
    await person.selectOptions(screen.getByRole("combobox", { name: "balance" }), "Lies between two values");
    await person.type(screen.getByRole("textbox", { name: "balance: Smallest" }), "zero");
    await person.click(goOn());
    const least = screen.getByRole("textbox", { name: "balance: Smallest" });
    await waitFor(() => expect(least).toHaveAccessibleDescription("Enter a number, or a date like 2026-01-31."));
    await person.clear(screen.getByRole("textbox", { name: "balance: Smallest" }));
    await person.type(screen.getByRole("textbox", { name: "balance: Smallest" }), "0");
    await person.selectOptions(
      screen.getByRole("combobox", { name: "A row that breaks it" }),
      "Is counted and travels all the same",
    );
    await person.click(goOn());
    await screen.findByRole("heading", { level: 1, name: /Step 6 of 7/ });
    const saved = server.state.draft.steps.mapping?.fields?.find(({ source }) => source === "balance");
    expect(saved?.rules).toEqual([{ kind: "range", least: "0", effect: "warn" }]);
  });

  it("searches columns, and selects among what was found [RS-10]", async () => {
    const { person } = await open();
    await person.type(screen.getByRole("searchbox", { name: "Search columns" }), "text");
    expect(screen.getAllByRole("checkbox").map((box) => box.getAttribute("aria-label"))).toEqual(["Send email"]);
    await person.click(screen.getByRole("button", { name: "Leave these out" }));
    expect(screen.getByText("2 of 3 columns selected")).toBeVisible();
  });

  it("names what keeps it from going on: nothing ticked, names twice, the key left out", async () => {
    const { person } = await open();
    await person.click(screen.getByRole("button", { name: "Select none" }));
    await person.click(goOn());
    expect(await screen.findByRole("link", { name: "Tick at least one column." })).toBeVisible();
    await person.click(screen.getByRole("button", { name: "Select all" }));
    const name = screen.getByLabelText("Name in the destination for email");
    await person.clear(name);
    await person.type(name, "id");
    expect(name).toHaveAccessibleDescription("Two columns are both called id. Rename one.");
    await person.click(goOn());
    await person.click(await screen.findByRole("link", { name: "Two columns are both called id. Rename one." }));
    expect(name).toHaveFocus();
  });

  it("matches an existing table by name and warns about types before the run", async () => {
    const table = people(
      field("ID", "integer", { nullable: false }),
      field("id", "integer"),
      field("balance", "integer"),
    );
    await open({ draft: existing, destinationTables: [table] });
    expect(screen.getByLabelText("Column in the destination for id")).toHaveDisplayValue(/^id /);
    const balance = screen.getByLabelText("Column in the destination for balance");
    expect(balance).toHaveDisplayValue(/^balance /);
    expect(balance).toHaveAccessibleDescription(/bigint|integer/);
    expect(screen.getByRole("checkbox", { name: "Send email" })).not.toBeChecked();
  });

  it("names columns of the destination that must have a value and get none", async () => {
    const table = people(field("id", "integer"), field("region", "text", { nullable: false }));
    const { person } = await open({ draft: existing, destinationTables: [table] });
    expect(screen.getByText("region must have a value. Choose a column for it.")).toBeVisible();
    await person.click(goOn());
    expect(await screen.findByRole("link", { name: /region must have a value/ })).toBeVisible();
    await person.click(screen.getByRole("checkbox", { name: "Send email" }));
    await person.click(goOn());
    expect(await screen.findByRole("link", { name: "people has no column email." })).toBeVisible();
    expect(screen.getByRole("link", { name: /region must have a value/ })).toBeVisible();
  });

  it("shows a column that is gone from the table and lets it be removed, keeping the rest", async () => {
    const mapping = { fields: [...customers.fields.map(({ name }) => name), "phone"].map(asItIs) };
    const { person } = await open({ draft: draftBefore("mapping", { mapping }) });
    expect(screen.getByText("customers has no column phone any more.")).toBeVisible();
    await person.click(screen.getByRole("button", { name: "Remove phone" }));
    await waitFor(() => expect(screen.queryByText(/phone/)).not.toBeInTheDocument());
    expect(within(screen.getByRole("region", { name: "Columns" })).getAllByRole("checkbox")).toHaveLength(3);
  });
});

function asItIs(name: string) {
  return { source: name, destination: name };
}
