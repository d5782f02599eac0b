import type { Connection } from "@headgate/contract";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { attentionTitle } from "../../../lib/messages/attention.ts";
import { onlyPassword } from "../../../testing/examples.ts";
import { answer, eventStream, fakeServer } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { ConnectionsPage } from "./connections-page.tsx";
import { DeleteConnection } from "./delete-connection.tsx";

afterEach(() => vi.unstubAllGlobals());

const at = "2026-11-21T09:30:00.000Z";
const shop: Connection = {
  id: "3b2c1d0e-9f8a-4b7c-8d6e-223344556677",
  name: "Shop",
  kind: "postgres",
  settings: { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "verify-full" },
  secrets: onlyPassword(at),
  revision: 2,
  practice: false,
  lastCheck: { at, revision: 2, status: "succeeded" },
  expiries: {},
  flowNames: ["Orders to the warehouse"],
  lastUse: null,
  draftCount: 0,
  createdAt: at,
  updatedAt: at,
};

describe("the list of connections", () => {
  it("shows where each leads, how its last test ended and how many flows use it", async () => {
    fakeServer({ "GET /api/connections": () => answer({ connections: [shop] }) });
    await renderPage(<ConnectionsPage />);
    const row = await screen.findByRole("row", { name: /^Shop/ });
    expect(row).toHaveTextContent("reader at db.example.com:5432");
    expect(row).toHaveTextContent("Works");
    expect(row).toHaveTextContent("1 flow");
  });

  it("does not count a test of older details", async () => {
    fakeServer({ "GET /api/connections": () => answer({ connections: [{ ...shop, revision: 3 }] }) });
    await renderPage(<ConnectionsPage />);
    expect(await screen.findByText("Changed since the test")).toBeVisible();
  });

  it("says who tested last and, when it failed, why in words", async () => {
    const failed = { at, revision: 2, status: "failed", by: "night", stage: "sign_in", code: "password_wrong" };
    fakeServer({ "GET /api/connections": () => answer({ connections: [{ ...shop, lastCheck: failed }] }) });
    await renderPage(<ConnectionsPage />);
    const row = await screen.findByRole("row", { name: /^Shop/ });
    expect(row).toHaveTextContent("Needs attention");
    expect(row).toHaveTextContent("Does not work");
    expect(row).toHaveTextContent("by Headgate, at night");
    expect(row).toHaveTextContent("User name or password is not right");
  });

  it("tells of a secret that cannot be opened [R23]", async () => {
    const lastCheck = { at, revision: 2, status: "failed", by: "run", stage: "sign_in", code: "secret_unreadable" };
    fakeServer({ "GET /api/connections": () => answer({ connections: [{ ...shop, lastCheck }] }) });
    await renderPage(<ConnectionsPage />);
    const row = await screen.findByRole("row", { name: /^Shop/ });
    expect(row).toHaveTextContent("Needs attention");
    expect(row).toHaveTextContent(attentionTitle({ reason: "secret_unreadable" }));
  });

  it("puts what is broken first, then what ends soon, then the others by name", async () => {
    const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const others: Partial<Connection>[] = [
      { name: "Beta" },
      { name: "Alpha" },
      { name: "Ends", expiries: { server_certificate: dayIn(20) } },
      { name: "Ended", expiries: { entra_secret: dayIn(-5) } },
    ];
    const connections = others.map((over, index) => ({ ...shop, ...over, id: shop.id.replace(/.$/, String(index)) }));
    fakeServer({ "GET /api/connections": () => answer({ connections }) });
    await renderPage(<ConnectionsPage />);
    await screen.findByRole("row", { name: /^Ended/ });
    const names = screen.getAllByRole("rowheader").map((header) => within(header).getByRole("link").textContent);
    expect(names).toEqual(["Ended", "Ends", "Alpha", "Beta"]);
    expect(screen.getByRole("row", { name: /^Ends/ })).toHaveTextContent("The server's certificate ends in");
  });

  it("names the flows on demand and says when a run last used it", async () => {
    const user = userEvent.setup();
    const lastUse = { at, flowId: shop.id, flowName: "Orders to the warehouse" };
    fakeServer({ "GET /api/connections": () => answer({ connections: [{ ...shop, lastUse }] }) });
    await renderPage(<ConnectionsPage />);
    const row = await screen.findByRole("row", { name: /^Shop/ });
    expect(row).toHaveTextContent(/Last used \d+ \w+ ago|Last used in/);
    expect(within(row).getByText("Orders to the warehouse")).not.toBeVisible();
    await user.click(within(row).getByText("1 flow"));
    expect(within(row).getByText("Orders to the warehouse")).toBeVisible();
  });

  it("tests a connection again from its row, and shows what came of it", async () => {
    const user = userEvent.setup();
    let works = false;
    const lastCheck = () => ({
      at,
      revision: 2,
      status: works ? "succeeded" : "failed",
      code: "port_closed",
      stage: "port",
    });
    fakeServer({
      "GET /api/connections": () => answer({ connections: [{ ...shop, lastCheck: lastCheck() }] }),
      [`POST /api/connections/${shop.id}/check`]: () => {
        works = true;
        const verdict = {
          status: "succeeded",
          kind: "postgres",
          serverVersion: "18.1",
          tableCount: 3,
          milliseconds: 12,
          encryption: { encrypted: true, verified: true },
          hints: [],
        };
        return eventStream([`data: ${JSON.stringify({ type: "verdict", verdict })}\n\n`]);
      },
    });
    await renderPage(<ConnectionsPage />);
    const row = await screen.findByRole("row", { name: /^Shop/ });
    expect(row).toHaveTextContent("Does not work");
    await user.click(within(row).getByRole("button", { name: "Test again: Shop" }));
    await waitFor(() => expect(row).toHaveTextContent("Works"));
    expect(within(row).getByRole("status")).toHaveTextContent("Shop works.");
  });

  it("says what to do while there are none", async () => {
    fakeServer({ "GET /api/connections": () => answer({ connections: [] }) });
    await renderPage(<ConnectionsPage />);
    expect(await screen.findByRole("heading", { name: "No connections yet" })).toBeVisible();
    expect(screen.getByRole("button", { name: "New connection" })).toBeVisible();
  });
});

describe("deleting a connection", () => {
  it("is not offered while flows need it, and names them", async () => {
    await renderPage(<DeleteConnection connection={shop} />);
    expect(screen.getByText(/“Orders to the warehouse”/)).toBeVisible();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });

  it("asks first", async () => {
    const user = userEvent.setup();
    const { calls } = fakeServer({ [`DELETE /api/connections/${shop.id}`]: () => answer({}) });
    await renderPage(<DeleteConnection connection={{ ...shop, flowNames: [] }} />);
    await user.click(screen.getByRole("button", { name: "Delete connection" }));
    const dialog = await screen.findByRole("dialog", { name: "Delete “Shop”?" });
    expect(calls).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Delete connection" }));
    await waitFor(() => expect(calls).toHaveLength(1));
  });

  it("says what becomes of unfinished flows", async () => {
    const user = userEvent.setup();
    await renderPage(<DeleteConnection connection={{ ...shop, flowNames: [], draftCount: 2 }} />);
    await user.click(screen.getByRole("button", { name: "Delete connection" }));
    expect(await screen.findByRole("dialog")).toHaveTextContent("2 unfinished flows have chosen it");
  });
});
