import type { Connection } from "@headgate/contract";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { answer, eventStream, fakeServer } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { connection } from "../../../testing/wizard/samples.ts";
import { ConnectionPage } from "./connection-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const at = "2026-11-21T02:10:00.000Z";
const failed = { at, revision: 1, status: "failed", by: "night", stage: "sign_in", code: "password_wrong" } as const;
const shop = connection({ id: "11111111-1111-4111-8111-111111111111", name: "Shop", lastCheck: failed });

function show(saved: Connection, answers: Parameters<typeof fakeServer>[0] = {}) {
  fakeServer({
    [`GET /api/connections/${saved.id}`]: () => answer(saved),
    "GET /api/connections": () => answer({ connections: [saved] }),
    "GET /api/tunnels": () => answer({ tunnels: [] }),
    ...answers,
  });
  return renderPage(<ConnectionPage connectionId={saved.id} />);
}

it("says why the test of the night failed, with what to do next", async () => {
  await show(shop);
  const test = within(await screen.findByRole("region", { name: "Test" }));
  expect(test.getByRole("alert")).toHaveTextContent("User name or password is not right");
  expect(screen.getByText(/by Headgate, at night/)).toBeVisible();
});

it("warns of what ends, with what to do about it", async () => {
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await show({ ...shop, expiries: { entra_secret: day, server_certificate: "2020-01-01" } });
  expect(await screen.findByText("The server's certificate ended on 1 Jan 2020")).toBeVisible();
  expect(screen.getByText(/^The application's secret ends in/)).toBeVisible();
  expect(screen.getByText(/Make a new one in the Azure portal/)).toBeVisible();
});

it("shows the connection as it is after its password was changed, and what is saved next builds on that", async () => {
  const user = userEvent.setup();
  const works = { at, revision: 2, status: "succeeded", by: "person" } as const;
  const saved = { ...shop, revision: 2, lastCheck: works };
  const puts: unknown[] = [];
  await show(shop, {
    [`POST /api/connections/${shop.id}/rotate`]: () =>
      eventStream([`data: ${JSON.stringify({ type: "saved", connection: saved })}\n\n`]),
    [`PUT /api/connections/${shop.id}`]: ({ body }) => {
      puts.push(body);
      return answer({ ...saved, name: "Shop 2" });
    },
  });
  await user.click(await screen.findByRole("button", { name: "Change the password" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Change the password" }));
  await user.type(dialog.getByLabelText("New password"), "hunter3");
  await user.click(dialog.getByRole("button", { name: "Test and save" }));
  await user.click(await dialog.findByRole("button", { name: "Done" }));
  expect(await screen.findByText("Works")).toBeVisible();

  await user.type(await screen.findByLabelText("Connection name"), " 2");
  await user.click(screen.getByRole("button", { name: "Save changes" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Shop 2" })).toBeVisible();
  expect(puts).toMatchObject([{ revision: 2, name: "Shop 2" }]);
});
