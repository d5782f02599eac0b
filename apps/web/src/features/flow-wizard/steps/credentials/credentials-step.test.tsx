import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { connection, draftBefore, shop } from "../../../../testing/wizard/samples.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";

const draft = draftBefore("credentials");

async function open(over: Partial<Parameters<typeof wizardServer>[0]> = {}) {
  const server = wizardServer({ draft, ...over });
  const wizard = await renderWizard(draft.id, "credentials");
  await screen.findByRole("button", { name: "Continue" });
  return { server, ...wizard };
}

async function openNew(over: Parameters<typeof open>[0] = { connections: [] }) {
  const scene = await open(over);
  await screen.findByLabelText("Server address");
  return scene;
}

const heading = (name: RegExp) => screen.findByRole("heading", { level: 1, name });

describe("step 1, credentials", () => {
  it("offers saved connections first, and one click and Continue use one [RS-05]", async () => {
    const { person, server } = await open();
    expect(screen.getAllByRole("radio").map((radio) => radio.getAttribute("value"))).toEqual([
      shop.id,
      server.state.connections[1]?.id,
      "new",
    ]);
    await person.click(screen.getByRole("radio", { name: "Shop" }));
    await person.click(screen.getByRole("button", { name: "Continue" }));
    await heading(/Step 2 of 7/);
    expect(server.state.draft.steps.credentials).toEqual({ choice: "saved", connectionId: shop.id });
    expect(server.calls.some((call) => call.method === "POST" && call.path === "/api/connections")).toBe(false);
  });

  it("says what is missing in a summary that takes the focus and leads to the fields [RS-04]", async () => {
    const { person } = await openNew();
    await person.click(screen.getByRole("button", { name: "Continue" }));
    const summary = await screen.findByRole("alert");
    await waitFor(() => expect(summary).toHaveFocus());
    expect(document.title).toMatch(/^Error: Step 1 of 7/);
    await person.click(within(summary).getByRole("link", { name: "Enter the name of the database." }));
    expect(screen.getByLabelText("Database")).toHaveFocus();
  });

  it("takes a pasted string apart, empties the box, and undoes it", async () => {
    const { person } = await openNew();
    const box = screen.getByLabelText(/Paste a connection string/);
    await person.click(box);
    await person.paste("postgres://reader:p%40ss@db.example.com:6543/shop?sslmode=require");
    expect(await screen.findByText("Filled 6 fields.")).toBeVisible();
    expect(box).toHaveValue("");
    expect(screen.getByLabelText("Server address")).toHaveValue("db.example.com");
    expect(screen.getByLabelText("Port")).toHaveValue("6543");
    expect(screen.getByLabelText("Password")).toHaveValue("p@ss");
    expect(screen.getByLabelText("Connection name")).toHaveValue("shop on db.example.com");
    await person.click(screen.getByRole("button", { name: "Undo" }));
    expect(screen.getByLabelText("Server address")).toHaveValue("");
    expect(screen.getByLabelText("Password")).toHaveValue("");
  });

  it("says by name what it cannot use from a pasted string, and keeps it there to be corrected", async () => {
    const { person } = await openNew();
    const box = screen.getByLabelText(/Paste a connection string/);
    await person.click(box);
    await person.paste("postgres://a.example.com,b.example.com/shop");
    await waitFor(() => expect(box).toHaveAccessibleDescription(/server/i));
    expect(box).toHaveAttribute("aria-invalid", "true");
    expect(screen.getByLabelText("Server address")).toHaveValue("");
  });

  it("saves a new connection with its password, and never puts the password into the draft", async () => {
    const { person, server } = await openNew();
    await person.type(screen.getByLabelText("Server address"), "10.0.0.5");
    expect(screen.getByRole("combobox", { name: "Encryption" })).toHaveValue("Use if available");
    await person.type(screen.getByLabelText("Database"), "shop");
    await person.type(screen.getByLabelText("User"), "reader");
    await person.type(screen.getByLabelText("Password"), "canary-4711");
    await person.click(screen.getByRole("button", { name: "Continue" }));
    await heading(/Step 2 of 7/);
    const creation = server.calls.find((call) => call.path === "/api/connections" && call.method === "POST");
    expect(creation?.body).toMatchObject({
      name: "shop on 10.0.0.5",
      settings: { host: "10.0.0.5", port: 5432, tlsMode: "prefer" },
      secrets: { password: "canary-4711" },
    });
    const drafts = server.calls.filter((call) => call.path.startsWith("/api/drafts"));
    expect(JSON.stringify(drafts.map((call) => call.body))).not.toContain("canary");
  });

  it("changes a connection that did not work instead of making another one", async () => {
    const broken = connection({ id: "44444444-4444-4444-8444-444444444444", name: "Old", lastCheck: null });
    const { person, server } = await openNew({
      connections: [broken],
      draft: draftBefore("credentials", { credentials: { choice: "new", connectionId: broken.id } }),
    });
    await person.clear(screen.getByLabelText("Server address"));
    await person.type(screen.getByLabelText("Server address"), "new.example.com");
    await person.click(screen.getByRole("button", { name: "Continue" }));
    expect(await screen.findByRole("link", { name: "Type the password again." })).toBeVisible();
    await person.type(screen.getByLabelText("Password"), "again");
    await person.click(screen.getByRole("button", { name: "Continue" }));
    await heading(/Step 2 of 7/);
    expect(server.calls.filter((call) => call.path.startsWith("/api/connections") && call.method !== "GET")).toEqual([
      expect.objectContaining({ method: "PUT", path: `/api/connections/${broken.id}` }),
      expect.objectContaining({ method: "POST", path: `/api/connections/${broken.id}/check` }),
    ]);
  });

  it("begins a new connection empty, and goes on with it after a look at the saved ones", async () => {
    const { person } = await open();
    await person.click(screen.getByRole("radio", { name: "Shop" }));
    await person.click(screen.getByRole("button", { name: "Change its details" }));
    expect(screen.getByLabelText("Server address")).toHaveValue("db.example.com");
    await person.click(screen.getByRole("radio", { name: "A new connection" }));
    expect(screen.getByLabelText("Server address")).toHaveValue("");
    await person.type(screen.getByLabelText("Server address"), "new.example.com");
    await person.click(screen.getByRole("radio", { name: "Shop" }));
    await person.click(screen.getByRole("radio", { name: "A new connection" }));
    expect(screen.getByLabelText("Server address")).toHaveValue("new.example.com");
  });

  it("keeps what was typed through a reload, except the password, and says so", async () => {
    await openNew({
      draft: draftBefore("credentials", {
        credentials: { choice: "new", form: { host: "db.example.com", port: "5433", database: "shop" } },
      }),
      connections: [],
    });
    expect(screen.getByLabelText("Server address")).toHaveValue("db.example.com");
    expect(screen.getByLabelText("Port")).toHaveValue("5433");
    expect(screen.getByLabelText("Password")).toHaveValue("");
    expect(screen.getByLabelText("Password")).toHaveAccessibleDescription(/type it again/);
  });
});
