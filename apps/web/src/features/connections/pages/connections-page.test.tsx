import type { Connection } from "@headgate/contract";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { onlyPassword } from "../../../testing/examples.ts";
import { answer, fakeServer } from "../../../testing/fake-server.ts";
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
    await vi.waitFor(() => expect(calls).toHaveLength(1));
  });
});
