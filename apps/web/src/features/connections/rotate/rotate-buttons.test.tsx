import type { CheckVerdict, PostgresSettings, RotateSecretEvent } from "@headgate/contract";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, eventStream, fakeServer, refusal } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { connection } from "../../../testing/wizard/samples.ts";
import { RotateButtons } from "./rotate-buttons.tsx";

afterEach(() => vi.unstubAllGlobals());

const flowNames = ["Orders to the warehouse", "Customers to the CRM"];
const shop = connection({ id: "11111111-1111-4111-8111-111111111111", name: "Shop", flowNames });
const path = `POST /api/connections/${shop.id}/rotate`;

const works: CheckVerdict = {
  status: "succeeded",
  kind: "postgres",
  serverVersion: "18.1",
  tableCount: 3,
  milliseconds: 12,
  encryption: { encrypted: true, verified: true },
  hints: [],
};
const refused: CheckVerdict = {
  status: "failed",
  failure: { stage: "sign_in", code: "password_wrong", facts: {}, detail: "" },
};

function stream(...events: RotateSecretEvent[]): Response {
  return eventStream(events.map((event) => `data: ${JSON.stringify(event)}\n\n`));
}

async function open(title: string, settings: Partial<PostgresSettings> = {}) {
  const user = userEvent.setup();
  await renderPage(<RotateButtons connection={{ ...shop, settings: { ...shop.settings, ...settings } }} />);
  await user.click(screen.getByRole("button", { name: title }));
  return { user, dialog: within(await screen.findByRole("dialog", { name: title })) };
}

const lists = { "GET /api/connections": () => answer({ connections: [] }) };

describe("changing the password", () => {
  it("names the flows that get it, tries it, and says that it is saved", async () => {
    const saved = { ...shop, revision: 2 };
    const { calls } = fakeServer({
      ...lists,
      [path]: () => stream({ type: "verdict", verdict: works }, { type: "saved", connection: saved }),
    });
    const { user, dialog } = await open("Change the password");
    for (const name of flowNames) expect(dialog.getByText(name)).toBeVisible();
    await user.type(dialog.getByLabelText("New password"), "hunter3");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    expect(await dialog.findByText("The new password works and is saved")).toBeVisible();
    expect(dialog.getByText("2 flows will use it from the next run on.")).toBeVisible();
    expect(calls[0]?.body).toEqual({ revision: 1, secrets: { password: "hunter3" } });
    await user.click(dialog.getByRole("button", { name: "Done" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("keeps what was typed when it does not work, and says that the old one is still in place", async () => {
    fakeServer({ ...lists, [path]: () => stream({ type: "verdict", verdict: refused }) });
    const { user, dialog } = await open("Change the password");
    await user.type(dialog.getByLabelText("New password"), "wrong");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("User name or password is not right");
    expect(dialog.getByText("The new password was not saved. The old one is still in place.")).toBeVisible();
    expect(dialog.getByLabelText("New password")).toHaveValue("wrong");
    expect(dialog.getByRole("button", { name: "Test again and save" })).toBeEnabled();
  });

  it("asks for it before anything is sent", async () => {
    const { calls } = fakeServer(lists);
    const { user, dialog } = await open("Change the password");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("Enter the new password.");
    expect(calls).toEqual([]);
  });

  it("says so when the connection was changed meanwhile, before or during the test", async () => {
    let calls = 0;
    fakeServer({
      ...lists,
      [path]: () =>
        (calls += 1) === 1
          ? refusal({ type: "error:draft/outdated", status: 409 })
          : stream({ type: "verdict", verdict: works }, { type: "not_saved", reason: "outdated" }),
    });
    const { user, dialog } = await open("Change the password");
    await user.type(dialog.getByLabelText("New password"), "hunter3");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("changed somewhere else");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    expect(await dialog.findByText("This connection was changed elsewhere in the meantime")).toBeVisible();
  });
});

describe("other ways to sign in", () => {
  const entra = { tenantId: "t", clientId: "c", cloud: "AzurePublic" } as const;

  it("an application's secret comes with the day on which it ends", async () => {
    const { calls } = fakeServer({ ...lists, [path]: () => stream({ type: "verdict", verdict: refused }) });
    const { user, dialog } = await open("Change the application’s secret", {
      entra: { ...entra, credential: "secret" },
    });
    await user.type(dialog.getByLabelText("New secret"), "s3cret");
    await user.type(dialog.getByLabelText("It ends on (optional)"), "2027-01-31");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    await dialog.findByRole("alert");
    expect(calls[0]?.body).toEqual({
      revision: 1,
      secrets: { entraSecret: "s3cret" },
      entraSecretExpires: "2027-01-31",
    });
  });

  it("a client certificate is changed with its key, beside the password", async () => {
    const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    const { calls } = fakeServer({ ...lists, [path]: () => stream({ type: "verdict", verdict: refused }) });
    const { user, dialog } = await open("Change the client certificate", { clientCertificate: pem });
    expect(screen.getByRole("button", { name: "Change the password", hidden: true })).toBeInTheDocument();
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("Add the new certificate.");
    await user.click(dialog.getByLabelText("New client certificate"));
    await user.paste(pem);
    await user.click(dialog.getByLabelText("Its private key"));
    await user.paste("key");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]?.body).toEqual({ revision: 1, secrets: { clientKey: "key" }, clientCertificate: pem });
  });
});
