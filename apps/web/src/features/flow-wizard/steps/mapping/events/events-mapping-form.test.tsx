import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { answer } from "../../../../../testing/fake-server.ts";
import { renderWizard } from "../../../../../testing/wizard/render-wizard.tsx";
import { draftBefore, field, receiver, shop, stream } from "../../../../../testing/wizard/samples.ts";
import { wizardServer } from "../../../../../testing/wizard/wizard-server.ts";

const events = receiver("events", {
  id: "44444444-4444-4444-8444-444444444444",
  name: "Our events",
  settings: { dialect: "segment", dataPlaneUrl: "https://api.segment.io", lanes: 4, gzip: true },
  secrets: { writeKey: { set: true, updatedAt: "2026-11-21T09:30:00.000Z" } },
});

const draft = draftBefore("mapping", {
  destination: {
    kind: "events",
    choice: "saved",
    connectionId: events.id,
    readMode: "incremental",
    badRows: "set_aside",
    syncKey: ["id"],
  },
});

const people = stream({
  fields: [
    field("id", "integer", { nullable: false }),
    field("email", "text"),
    field("first_name", "text"),
    field("password_hash", "text"),
    field("seen_at", "timestamptz"),
  ],
});
const preview = {
  columns: people.fields.map(({ name, type, typeName }) => ({ name, type, typeName })),
  rows: [
    ["1", "ada@example.com", "Ada", "x", "2026-11-20 08:00:00+00"],
    ["2", null, "Bob", "y", null],
  ],
};

async function open(over: Partial<Parameters<typeof wizardServer>[0]> = {}) {
  const server = wizardServer({
    draft,
    connections: [shop, events],
    sourceTables: [people],
    answers: {
      [`GET /api/connections/${shop.id}/preview?schema=public&name=customers`]: () =>
        answer({ status: "succeeded", preview }),
    },
    ...over,
  });
  const wizard = await renderWizard(draft.id, "mapping");
  await screen.findByText(/columns selected/);
  return { server, ...wizard };
}

const json = () => screen.findByRole("region", { name: /One row as an event: Row \d of 2/ });
const goOn = () => screen.getByRole("button", { name: "Continue" });
const step6 = () => screen.findByRole("heading", { level: 1, name: /Step 6 of 7/ });

describe("step 5, events", () => {
  it("proposes who a row is about and every trait but a likely secret, which says why [RS-07] [RS-20]", async () => {
    const { person, server } = await open();
    expect(screen.getByRole("combobox", { name: "User ID" })).toHaveValue("id (integer)");
    expect(screen.getByText("Picked by its name.")).toBeVisible();
    expect(screen.getByRole("checkbox", { name: "Send password_hash" })).not.toBeChecked();
    expect(screen.getByText(/Left out: by its name this looks like a password/)).toBeVisible();
    await person.click(goOn());
    await step6();
    expect(server.state.draft.steps.mapping).toEqual({
      events: {
        type: "identify",
        userId: "id",
        traits: [
          { source: "email", key: "email" },
          { source: "first_name", key: "first_name" },
          { source: "seen_at", key: "seen_at" },
        ],
        constants: [],
      },
    });
  });

  it("shows the event while keys are typed, dots nesting, and marks the key just changed [RS-11] [RS-12]", async () => {
    const { person } = await open();
    await person.click(screen.getByText("Show one row as an event"));
    const name = screen.getByLabelText("Trait for first_name");
    await person.clear(name);
    await person.type(name, "name.first");
    const event = await json();
    expect(event).toHaveTextContent(/"name": \{ "first": "Ada"/);
    const marked = event.querySelector('[class*="marked"]');
    expect(marked).toHaveTextContent('"first": "Ada"');
    await person.click(screen.getByRole("button", { name: "Next row" }));
    expect(await json()).toHaveTextContent(/"email": null/);
  });

  it("refuses keys in each other's way and dangerous ones at the field", async () => {
    const { person } = await open();
    const email = screen.getByLabelText("Trait for email");
    await person.clear(email);
    await person.type(email, "first_name.x");
    const first = screen.getByLabelText("Trait for first_name");
    expect(first).toHaveAccessibleDescription(/already has traits inside/);
    await person.clear(email);
    await person.type(email, "__proto__");
    expect(email).toHaveAccessibleDescription(/has a meaning inside JavaScript/);
    await person.click(goOn());
    await person.click(await screen.findByRole("link", { name: /has a meaning inside JavaScript/ }));
    expect(email).toHaveFocus();
  });

  it("asks what happened and when for a track; a column may say it [RS-19]", async () => {
    const { person, server } = await open();
    await person.click(screen.getByRole("radio", { name: "Something that happened (track)" }));
    await person.click(goOn());
    expect(await screen.findByRole("link", { name: "Say what happened, for example Order placed." })).toBeVisible();
    await person.type(screen.getByLabelText("Name of the event"), "Signed up");
    await person.click(screen.getByRole("combobox", { name: "When did it happen?" }));
    await person.click(await screen.findByRole("option", { name: "seen_at (timestamptz)" }));
    await person.click(screen.getByText("Show one row as an event"));
    expect(await json()).toHaveTextContent(/"timestamp": "2026-11-20T08:00:00.000Z"/);
    expect(await json()).toHaveTextContent(/"properties"/);
    await person.click(goOn());
    await step6();
    expect(server.state.draft.steps.mapping?.events).toMatchObject({
      type: "track",
      event: { kind: "constant", text: "Signed up" },
      timestamp: "seen_at",
    });
  });

  it("says which rows would be set aside, and any other column can be chosen", async () => {
    const { person } = await open();
    await person.click(screen.getByRole("combobox", { name: "User ID" }));
    await person.click(await screen.findByRole("option", { name: "email (text)" }));
    expect(screen.getByText(/Rows without a value in email are set aside/)).toBeVisible();
    await person.click(screen.getByText("Show one row as an event"));
    await person.click(await screen.findByRole("button", { name: "Next row" }));
    expect(await screen.findByText("This row would be set aside")).toBeVisible();
  });

  it("adds constants, of any kind, also nested [RS-21]", async () => {
    const { person, server } = await open();
    await person.click(screen.getByRole("button", { name: "Add a constant" }));
    await person.type(screen.getByLabelText("Key of constant 1"), "shop.rank");
    await person.selectOptions(screen.getByLabelText("Kind of constant 1"), "Number");
    await person.type(screen.getByLabelText("Value of constant 1"), "x7");
    expect(screen.getByLabelText("Value of constant 1")).toHaveAccessibleDescription(/Enter a number/);
    await person.clear(screen.getByLabelText("Value of constant 1"));
    await person.type(screen.getByLabelText("Value of constant 1"), "7");
    await person.click(goOn());
    await step6();
    expect(server.state.draft.steps.mapping?.events?.constants).toEqual([{ key: "shop.rank", value: 7 }]);
  });

  it("gives all traits names of one style [RS-11]", async () => {
    const { person } = await open();
    const style = screen.getByLabelText("Name style");
    expect(style).toHaveDisplayValue("As in the table");
    await person.selectOptions(style, "camelCase");
    expect(screen.getByLabelText("Trait for first_name")).toHaveValue("firstName");
    const traits = within(screen.getByRole("region", { name: "Traits" }));
    await person.type(traits.getByLabelText("Trait for email"), "X");
    expect(style).toHaveDisplayValue("Own names");
  });
});
