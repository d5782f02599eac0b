import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, fakeServer, refusal } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { shop } from "../../../testing/wizard/samples.ts";
import { ExportConnection } from "./export-connection.tsx";

afterEach(() => vi.unstubAllGlobals());

const address = (format: string) => `GET /api/connections/${shop.id}/export?format=${format}`;
const note = "The password is not part of this text. Whoever uses it enters it there.";

describe("a connection for another system", () => {
  it("is written on demand, shown with its notes, and can be copied and downloaded", async () => {
    const person = userEvent.setup();
    const { calls } = fakeServer({
      [address("adf")]: () => answer({ fileName: "Shop.json", text: '{"name":"Shop"}', notes: [note] }),
      [address("uri")]: () => answer({ fileName: "Shop.txt", text: "postgresql://reader@db.example.com", notes: [] }),
    });
    const files: string[] = [];
    vi.stubGlobal(
      "URL",
      Object.assign(URL, {
        createObjectURL: () => "blob:shop",
        revokeObjectURL: (url: string) => files.push(url),
      }),
    );
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLElement) {
      files.push(this.getAttribute("download") ?? "");
    });
    await renderPage(<ExportConnection connection={shop} />);
    expect(calls).toEqual([]);
    await person.click(screen.getByRole("button", { name: "Azure Data Factory" }));
    expect(await screen.findByText('{"name":"Shop"}')).toBeVisible();
    expect(screen.getByText(note)).toBeVisible();
    await person.click(screen.getByRole("button", { name: "Copy: Azure Data Factory" }));
    expect(await navigator.clipboard.readText()).toBe('{"name":"Shop"}');
    await person.click(screen.getByRole("button", { name: "Download Shop.json" }));
    await waitFor(() => expect(files).toEqual(["Shop.json", "blob:shop"]));
    clicked.mockRestore();
    await person.click(screen.getByRole("button", { name: "Connection string" }));
    expect(await screen.findByText("postgresql://reader@db.example.com")).toBeVisible();
  });

  it("is offered only where the other system has words for it", async () => {
    const entra = { tenantId: "contoso.example", clientId: "1-2", cloud: "AzurePublic", credential: "secret" } as const;
    await renderPage(<ExportConnection connection={{ ...shop, settings: { ...shop.settings, entra } }} />);
    expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Azure Data Factory"]);
  });

  it("says why when it cannot be written", async () => {
    const person = userEvent.setup();
    fakeServer({ [address("adobe")]: () => refusal({ type: "error:connection/not-found", status: 404 }) });
    await renderPage(<ExportConnection connection={shop} />);
    await person.click(screen.getByRole("button", { name: "Adobe Flow Service" }));
    expect(await screen.findByRole("alert")).toBeVisible();
  });
});
