import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { eventStream } from "../../../../../testing/fake-server.ts";
import { renderWizard } from "../../../../../testing/wizard/render-wizard.tsx";
import { crm, draftBefore, field, receiver, shop, stream } from "../../../../../testing/wizard/samples.ts";
import { wizardServer } from "../../../../../testing/wizard/wizard-server.ts";

const draft = draftBefore("destination");
const made = "33333333-3333-4333-8333-333333333333";

const events = receiver("events", {
  id: "44444444-4444-4444-8444-444444444444",
  name: "Our events",
  settings: { dialect: "rudderstack", dataPlaneUrl: "https://shop.dataplane.example.com", lanes: 4, gzip: true },
  secrets: { writeKey: { set: true, updatedAt: "2026-11-21T09:30:00.000Z" } },
});

function verdictOf(verdict: unknown) {
  return eventStream([`data: ${JSON.stringify({ type: "verdict", verdict })}\n\n`]);
}

const works = { status: "succeeded", kind: "events", milliseconds: 12, hints: [] };

async function open(over: Partial<Parameters<typeof wizardServer>[0]> = {}) {
  const server = wizardServer({ draft, verdict: works as never, ...over });
  const wizard = await renderWizard(draft.id, "destination");
  await screen.findByRole("radio", { name: "PostgreSQL table" });
  return { server, ...wizard };
}

const useIt = () => screen.getByRole("button", { name: "Test and use this connection" });
const goOn = () => screen.getByRole("button", { name: "Continue" });
const step5 = () => screen.findByRole("heading", { level: 1, name: /Step 5 of 7/ });

describe("step 4, for an event API", () => {
  it("makes a new connection, tests it, proposes new and changed rows and the source's key [RS-15]", async () => {
    const { person, server } = await open();
    expect(screen.getByRole("radio", { name: "PostgreSQL table" })).toBeChecked();
    await person.click(screen.getByRole("radio", { name: "Event API" }));
    await person.click(await screen.findByLabelText("Data plane URL"));
    await person.paste("https://shop.dataplane.example.com");
    await person.click(screen.getByLabelText("Write key"));
    await person.paste("key-1");
    await person.click(useIt());
    expect(await screen.findByRole("radio", { name: "Only new and changed rows" })).toBeChecked();
    expect(screen.getByRole("radio", { name: "id" })).toBeChecked();
    expect(screen.getByText(/made of these columns and the row's version/)).toBeVisible();
    await person.click(screen.getByRole("radio", { name: "All rows, every time" }));
    await person.click(goOn());
    await step5();
    expect(server.state.draft.steps.destination).toMatchObject({
      kind: "events",
      choice: "new",
      connectionId: made,
      readMode: "full",
      badRows: "set_aside",
      syncKey: ["id"],
    });
    expect(
      server.calls.find(({ method, path }) => method === "POST" && path.endsWith("/connections"))?.body,
    ).toMatchObject({ kind: "events", secrets: { writeKey: "key-1" } });
  });

  it("says what is wrong with the write key, and leads to it with everything else still there", async () => {
    const failure = { stage: "sign_in", code: "receiver_refused_login", facts: {}, detail: "" };
    const { person } = await open({
      connections: [shop, events],
      answers: {
        [`POST /api/connections/${events.id}/check`]: () => verdictOf({ status: "failed", failure }),
      },
    });
    await person.click(screen.getByRole("radio", { name: "Event API" }));
    await person.click(await screen.findByRole("radio", { name: "Our events" }));
    await person.click(useIt());
    await person.click(await screen.findByRole("button", { name: "Change the details" }));
    expect(await screen.findByLabelText("Write key")).toHaveValue("");
    expect(screen.getByLabelText("Data plane URL")).toHaveValue("https://shop.dataplane.example.com");
  });

  it("reads a view whole every time, and says that nothing tells its rows apart", async () => {
    const view = stream({ kind: "view", fields: [field("email", "text")], uniqueKeys: [] });
    const { person, server } = await open({ connections: [shop, events], sourceTables: [view] });
    await person.click(screen.getByRole("radio", { name: "Event API" }));
    await person.click(await screen.findByRole("radio", { name: "Our events" }));
    await person.click(useIt());
    expect(await screen.findByText(/is not a plain table/)).toBeVisible();
    expect(screen.getByRole("radio", { name: "Nothing: by their whole content" })).toBeChecked();
    await person.click(goOn());
    await step5();
    expect(server.state.draft.steps.destination).toMatchObject({ readMode: "full", syncKey: [] });
  });
});

it("only shows connections of the kind that was chosen, and asks for one", async () => {
  const { person } = await open({ connections: [shop, crm, events] });
  expect(await screen.findByRole("radio", { name: "CRM" })).toBeVisible();
  expect(screen.queryByRole("radio", { name: "Our events" })).not.toBeInTheDocument();
  await person.click(screen.getByRole("radio", { name: "Event API" }));
  expect(await screen.findByRole("radio", { name: "Our events" })).toBeVisible();
  expect(screen.queryByRole("radio", { name: "CRM" })).not.toBeInTheDocument();
  await person.click(useIt());
  expect(await screen.findByText("Choose a saved connection or fill in a new one.")).toBeVisible();
});
