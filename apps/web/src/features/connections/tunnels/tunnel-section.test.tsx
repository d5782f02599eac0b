import type { Tunnel } from "@headgate/contract";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, fakeServer } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { exampleTunnel, hostKey } from "../../../testing/tunnels.ts";
import { TunnelSection } from "./tunnel-section.tsx";

afterEach(() => vi.unstubAllGlobals());

const free = exampleTunnel();
const used = exampleTunnel({
  id: "7b6c5d4e-3f2a-4b1c-8d9e-667788990011",
  name: "Jump host",
  hostKey,
  connectionNames: ["Shop", "CRM"],
});

function serve(tunnels: readonly Tunnel[]) {
  return fakeServer({
    "GET /api/tunnels": () => answer({ tunnels }),
    [`DELETE /api/tunnels/${free.id}`]: () => answer({}),
  });
}

describe("the list of SSH tunnels", () => {
  it("shows where each goes, whose key it trusts and who uses it", async () => {
    serve([free, used]);
    await renderPage(<TunnelSection />);
    const row = await screen.findByRole("row", { name: /^Jump host/ });
    expect(row).toHaveTextContent("reader@bastion.example.com:22");
    expect(row).toHaveTextContent("SHA256:accept…");
    expect(row).toHaveTextContent("Shop, CRM");
    expect(screen.getByRole("row", { name: /^Bastion/ })).toHaveTextContent("Not accepted yet");
  });

  it("is not there while there are none", async () => {
    const { calls } = serve([]);
    await renderPage(<TunnelSection />);
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(screen.queryByRole("heading")).not.toBeInTheDocument();
  });

  it("deletes an unused one after asking, and gives the focus back", async () => {
    const { calls } = serve([free, used]);
    const person = userEvent.setup();
    await renderPage(<TunnelSection />);
    const button = await screen.findByRole("button", { name: "Delete: Bastion" });
    await person.click(button);
    const dialog = await screen.findByRole("dialog", { name: "Delete “Bastion”?" });
    await person.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(button).toHaveFocus());
    expect(calls.filter(({ method }) => method === "DELETE")).toEqual([]);
    await person.click(button);
    await person.click(await screen.findByRole("button", { name: "Delete tunnel" }));
    await waitFor(() => expect(calls.filter(({ method }) => method === "DELETE")).toHaveLength(1));
  });

  it("says who still needs a used one instead of deleting it", async () => {
    const { calls } = serve([free, used]);
    const person = userEvent.setup();
    await renderPage(<TunnelSection />);
    await person.click(await screen.findByRole("button", { name: "Delete: Jump host" }));
    const dialog = await screen.findByRole("dialog", { name: "“Jump host” is still in use" });
    expect(dialog).toHaveTextContent("“Shop”, “CRM”");
    expect(within(dialog).queryByRole("button", { name: /Delete/ })).not.toBeInTheDocument();
    await person.click(within(dialog).getAllByRole("button", { name: "Close" }).at(-1) ?? dialog);
    expect(calls.filter(({ method }) => method === "DELETE")).toEqual([]);
  });
});
