import { writeModes } from "@headgate/contract";
import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { answer } from "../../../../testing/fake-server.ts";
import { crm, customers, draftBefore, field, shop, stream } from "../../../../testing/wizard/samples.ts";
import { giveListsASize } from "../../../../testing/wizard/list-size.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";
import { allModes } from "./write-mode-cards.ts";

const draft = draftBefore("destination", { destination: { choice: "saved", connectionId: crm.id } });

beforeEach(giveListsASize);

async function open(over: Partial<Parameters<typeof wizardServer>[0]> = {}) {
  const server = wizardServer({ draft, ...over });
  const wizard = await renderWizard((over.draft ?? draft).id, "destination");
  return { server, ...wizard };
}

const goOn = () => screen.getByRole("button", { name: "Continue" });
const step5 = () => screen.findByRole("heading", { level: 1, name: /Step 5 of 7/ });

describe("step 4, destination", () => {
  it("offers two modes at once and every other one a press away, but none that makes no sense for a new table", async () => {
    expect(allModes.toSorted()).toEqual([...writeModes].toSorted());
    const { person } = await open({ destinationTables: [customers] });
    const modes = within(await screen.findByRole("group", { name: "What happens on every run?" }));
    expect(modes.getAllByRole("radio")).toHaveLength(2);
    await person.click(screen.getByRole("button", { name: "More ways (4)" }));
    expect(modes.getAllByRole("radio")).toHaveLength(6);
    await person.click(modes.getByRole("radio", { name: "Keep the same" }));
    await person.click(screen.getByRole("button", { name: "Fewer ways" }));
    expect(modes.getAllByRole("radio")).toHaveLength(3);
    expect(modes.getByRole("radio", { name: "Keep the same" })).toBeChecked();
    await person.click(screen.getByRole("radio", { name: "Create it for me" }));
    await person.click(screen.getByRole("button", { name: "More ways (3)" }));
    expect(modes.queryByRole("radio", { name: "Update only" })).not.toBeInTheDocument();
  });

  it("says in a sentence what it promises, and leaves no choice that would break it", async () => {
    const { person } = await open();
    const words = (await screen.findByText("What you can rely on:")).parentElement;
    expect(words).toHaveTextContent("the destination ends up the same. Rows that the destination refuses are left out");
    await person.click(screen.getByRole("radio", { name: "Stop the run" }));
    expect(words).not.toHaveTextContent("left out");
    await person.click(screen.getByRole("button", { name: /More ways/ }));
    await person.click(screen.getByRole("radio", { name: "Keep the same" }));
    expect(words).toHaveTextContent("All or nothing");
    expect(screen.getByText(/^Every run reads all rows of the source/)).toBeVisible();
    expect(screen.getByText(/^If the destination refuses a row, the run stops/)).toBeVisible();
    expect(screen.queryByRole("radio", { name: "Only new and changed rows" })).not.toBeInTheDocument();
  });

  it("says for Add only which rows are added, also while a mode is chosen that reads all", async () => {
    const { person } = await open();
    await person.click(await screen.findByRole("radio", { name: "Add only" }));
    const card = screen.getByRole("radio", { name: "Add only" });
    expect(card).toHaveAccessibleDescription(/adds what is new or changed/);
    await person.click(screen.getByRole("radio", { name: "All rows, every time" }));
    expect(card).toHaveAccessibleDescription(/adds all rows of the source once more/);
    expect(screen.getByLabelText("Add only", { selector: "dl" })).toHaveTextContent(
      "like the rows that did not change",
    );

    await person.click(screen.getByRole("radio", { name: "Only new and changed rows" }));
    await person.click(screen.getByRole("button", { name: /More ways/ }));
    await person.click(screen.getByRole("radio", { name: "Replace everything" }));
    expect(card).toHaveAccessibleDescription(/adds what is new or changed/);
    await person.click(screen.getByRole("radio", { name: "Add and update" }));
    expect(screen.getByRole("radio", { name: "Only new and changed rows" })).toBeChecked();
  });

  it("says what is weaker where it may keep nothing at the destination, and asks for a yes [V27]", async () => {
    const { person, server } = await open({ missingGrants: () => ["state"] });
    const box = await screen.findByRole("checkbox", { name: /^Go on without it/ });
    expect(screen.getByRole("heading", { name: "Rights this needs" })).toBeVisible();
    await person.click(screen.getByRole("radio", { name: "Add only" }));
    await person.click(screen.getByRole("checkbox", { name: /^Go on without it/ }));
    const words = screen.getByText("What you can rely on:").parentElement;
    expect(words).toHaveTextContent("one batch of rows may be added twice");
    await person.click(screen.getByRole("button", { name: /More ways/ }));
    expect(screen.queryByRole("radio", { name: "Keep the same" })).not.toBeInTheDocument();
    expect(screen.queryByRole("radio", { name: "Replace everything" })).not.toBeInTheDocument();
    await person.click(goOn());
    await step5();
    expect(server.state.draft.steps.destination).toMatchObject({ keepsState: "headgate", writeMode: "append" });
    expect(box).not.toBeInTheDocument();
  });

  it("proposes a new table with the source's name and key, and shows its statement [CE-06]", async () => {
    const { person, server } = await open();
    expect(await screen.findByLabelText("Name of the new table")).toHaveValue("customers");
    expect(screen.getByRole("radio", { name: "Create it for me" })).toBeChecked();
    expect(screen.getByRole("radio", { name: "Add and update" })).toBeChecked();
    expect(screen.getByRole("radio", { name: "id" })).toBeChecked();
    expect(await screen.findByText("create table public.customers ();")).toBeVisible();
    await person.click(goOn());
    await step5();
    expect(server.state.draft.steps.destination).toEqual({
      kind: "postgres",
      choice: "saved",
      connectionId: crm.id,
      target: "create",
      schema: "public",
      name: "customers",
      writeMode: "upsert",
      readMode: "incremental",
      badRows: "set_aside",
      syncKey: ["id"],
    });
  });

  it("says in words what becomes of new, changed and deleted rows [CE-07]", async () => {
    const { person } = await open();
    await person.click(await screen.findByRole("radio", { name: "Add only" }));
    const words = screen.getByLabelText("Add only", { selector: "dl" });
    expect(words).toHaveTextContent("Added again as another row; the older one stays.");
    expect(words).toHaveTextContent("Headgate deletes nothing.");
    expect(screen.queryByText("How do we tell rows apart?")).not.toBeInTheDocument();
  });

  it("switches Add and update off where no key is unique, and writes the statement that adds one [CE-05] [CE-08]", async () => {
    const bare = stream({ uniqueKeys: [] });
    const { person } = await open({ destinationTables: [bare] });
    await person.click(await screen.findByRole("radio", { name: "An existing table" }));
    await waitFor(() => expect(screen.getByRole("radio", { name: "Add and update" })).toBeDisabled());
    expect(screen.getByRole("radio", { name: "Add only" })).toBeChecked();
    expect(screen.getByText('ALTER TABLE "public"."customers" ADD UNIQUE ("id");')).toBeVisible();
  });

  it("offers the existing table's own keys, several columns included", async () => {
    const keyed = stream({
      fields: [field("tenant", "integer"), field("code", "text"), field("id", "integer")],
      uniqueKeys: [
        { name: "by_code", columns: ["tenant", "code"], primary: false, nullable: true },
        { name: "pk", columns: ["id"], primary: true, nullable: false },
      ],
    });
    const { person, server } = await open({ destinationTables: [keyed] });
    expect(await screen.findByRole("radio", { name: "id" })).toBeChecked();
    await person.click(screen.getByRole("radio", { name: "tenant + code" }));
    await person.click(goOn());
    await step5();
    expect(server.state.draft.steps.destination?.syncKey).toEqual(["tenant", "code"]);
  });

  it("does not take a name that is already taken", async () => {
    const { person } = await open({ destinationTables: [customers] });
    await person.click(await screen.findByRole("radio", { name: "Create it for me" }));
    await person.click(goOn());
    const summary = await screen.findByText("There is a problem");
    expect(summary.parentElement).toHaveTextContent("There is already something called “customers”");
  });

  it("warns when rows would travel into the table they come from", async () => {
    await open({
      draft: draftBefore("destination", { destination: { choice: "saved", connectionId: shop.id } }),
      sourceTables: [customers],
    });
    expect(await screen.findByText("Source and destination are the same table")).toBeVisible();
  });

  it("says before the run which rights are missing, ticks each once it is there, and lets go on", async () => {
    let missing = ["insert", "update"];
    const { person } = await open({ destinationTables: [customers], missingGrants: () => missing });
    const rights = await screen.findByRole("region", { name: "Rights this needs" });
    expect(rights).toHaveTextContent("2 rights are missing");
    expect(within(rights).getByText('GRANT UPDATE ON TABLE "public"."customers" TO "writer";')).toBeVisible();
    await person.click(within(rights).getByRole("button", { name: "Check again" }));
    expect(await within(rights).findByText(/Nothing has changed yet/)).toHaveAttribute("role", "status");
    missing = ["update"];
    await person.click(within(rights).getByRole("button", { name: "Check again" }));
    expect(await within(rights).findByText(/Now granted: Adds rows\. One right is missing\./)).toBeVisible();
    missing = [];
    await person.click(within(rights).getByRole("button", { name: "Check again" }));
    expect(await within(rights).findByText(/Now granted: .* All rights are there\./)).toBeVisible();
    await person.click(goOn());
    await step5();
  });

  it("asks only for what the chosen mode needs, and takes no place while nothing is missing", async () => {
    const { person } = await open({ destinationTables: [customers], missingGrants: () => ["update"] });
    await screen.findByRole("region", { name: "Rights this needs" });
    await person.click(screen.getByRole("radio", { name: "Add only" }));
    await waitFor(() => expect(screen.queryByRole("region", { name: "Rights this needs" })).not.toBeInTheDocument());
  });

  it("shows the script for a table that may not even be read, and so not be chosen yet", async () => {
    const hidden = stream({ name: "vault", readable: false });
    const { person } = await open({ destinationTables: [customers, hidden], missingGrants: () => ["select"] });
    await person.click(await screen.findByRole("option", { name: /vault/ }));
    expect(await screen.findByText('GRANT SELECT ON TABLE "public"."vault" TO "writer";')).toBeVisible();
  });

  it("shows the script for the right to make a table where it is missing", async () => {
    const catalog = {
      status: "succeeded",
      schemas: [{ name: "public", tableCount: 0, mayCreate: false }],
      streams: [],
      serverVersion: "18.4",
    };
    await open({
      missingGrants: () => ["create"],
      answers: { [`GET /api/connections/${crm.id}/catalog`]: () => answer(catalog) },
    });
    expect(await screen.findByText('GRANT CREATE ON SCHEMA "public" TO "writer";')).toBeVisible();
    expect(screen.getByRole("radio", { name: "Create it for me" })).toBeChecked();
  });

  it("tests a connection that was never tested before its tables are shown", async () => {
    const untested = { ...crm, lastCheck: null };
    const { person } = await open({ draft: draftBefore("destination"), connections: [shop, untested] });
    await person.click(await screen.findByRole("radio", { name: "CRM" }));
    await person.click(screen.getByRole("button", { name: "Test and use this connection" }));
    expect(await screen.findByLabelText("Name of the new table")).toHaveValue("customers");
    const card = screen.getByRole("region", { name: "CRM" });
    expect(within(card).getByRole("button", { name: "Use another destination" })).toBeVisible();
  });
});
