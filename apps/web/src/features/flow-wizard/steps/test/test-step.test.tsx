import { screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { draftBefore, shop } from "../../../../testing/wizard/samples.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";

const draft = draftBefore("test");

afterEach(() => vi.restoreAllMocks());

describe("step 2, test", () => {
  it("starts by itself, ticks every stage and then lets go on", async () => {
    const server = wizardServer({ draft });
    const { person } = await renderWizard(draft.id, "test");
    expect(
      await screen.findByText("PostgreSQL 18.4, 128 tables, encrypted, tested in 12 ms, answers in under 1 ms"),
    ).toBeVisible();
    const stages = within(screen.getByRole("list", { name: "Stages of the test" })).getAllByRole("listitem");
    expect(stages.map((stage) => stage.textContent)).toEqual([
      "Found the server: Done",
      "Found a way there: Done",
      "Reached the port: Done",
      "Agreed on encryption: Done",
      "Signed in: Done",
      "Opened the database: Done",
      "Listed the tables: Done",
      "Read a table: Done",
    ]);
    await person.click(screen.getByRole("button", { name: "Continue" }));
    await screen.findByRole("heading", { level: 1, name: /Step 3 of 7/ });
    expect(server.state.draft.steps.test).toEqual({ connectionId: shop.id, connectionRevision: 1 });
  });

  it("says what failed, offers a message without the password, and leads to the field to blame", async () => {
    wizardServer({
      draft,
      verdict: {
        status: "failed",
        failure: { stage: "database", code: "database_unknown", facts: {}, detail: 'database "shop" does not exist' },
      },
    });
    const { person, router } = await renderWizard(draft.id, "test");
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("shop");
    expect(screen.getByRole("button", { name: "Continue" })).toBeDisabled();
    expect(within(alert).getByText(/SELECT datname FROM pg_database/)).toBeInTheDocument();
    await person.click(screen.getByRole("link", { name: "Change the credentials" }));
    expect(await screen.findByLabelText("Database")).toHaveFocus();
    expect(screen.getByLabelText("Database")).toHaveValue("shop");
    expect(router.state.location.search).toEqual({ field: "settings.database" });
  });

  it("shows the script for the administrator where the right to open the database is missing, and one message", async () => {
    const failure = { stage: "database", code: "database_forbidden", facts: {}, detail: "permission denied" } as const;
    wizardServer({ draft, verdict: { status: "failed", failure }, missingGrants: () => ["connect"] });
    await renderWizard(draft.id, "test");
    const rights = await screen.findByRole("region", { name: "Rights this needs" });
    expect(within(rights).getByText('GRANT CONNECT ON DATABASE "shop" TO "reader";')).toBeVisible();
    expect(within(rights).getByText('GRANT SELECT ON ALL TABLES IN SCHEMA "public" TO "reader";')).toBeVisible();
    expect(screen.getAllByText("Message for your administrator")).toHaveLength(1);
  });

  it("stops when asked to, and the request ends with it", async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    wizardServer({ draft });
    const serve = globalThis.fetch;
    vi.stubGlobal("fetch", (address: string, init: RequestInit) => {
      if (!address.endsWith("/check")) return serve(address, init);
      signals.push(init.signal);
      return new Promise((_, reject) => init.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    });
    const { person } = await renderWizard(draft.id, "test");
    await person.click(await screen.findByRole("button", { name: "Stop" }));
    expect(await screen.findByText("You stopped the test")).toBeVisible();
    expect(signals.at(-1)?.aborted).toBe(true);
    expect(screen.getByRole("button", { name: "Test again" })).toBeVisible();

    // On a page that became shorter while it runs again, everything would move under the pointer.
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(321);
    await person.click(screen.getByRole("button", { name: "Test again" }));
    const panel = (await screen.findByRole("list", { name: "Stages of the test" })).parentElement;
    expect(screen.getByRole("button", { name: "Stop" })).toBeVisible();
    expect(panel).toHaveStyle({ minHeight: "321px" });
    await person.click(screen.getByRole("button", { name: "Stop" }));
    expect(await screen.findByText("You stopped the test")).toBeVisible();
    expect(panel).not.toHaveStyle({ minHeight: "321px" });
  });
});
