import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, fakeServer, refusal } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { PasswordCard } from "./password-card.tsx";

afterEach(() => vi.unstubAllGlobals());

async function change(newPassword: string): Promise<void> {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("Password you use now"), "correct horse battery");
  await user.type(screen.getByLabelText("New password"), newPassword);
  await user.click(screen.getByRole("button", { name: "Change password" }));
}

describe("changing the password", () => {
  it("empties both fields and says that it is done", async () => {
    fakeServer({ "PUT /api/session/password": () => answer({}) });
    await renderPage(<PasswordCard />);
    await change("another whole sentence");
    expect(await screen.findByText("Your password is changed")).toBeVisible();
    expect(screen.getByLabelText("New password")).toHaveValue("");
  });

  it("says which field the server did not like", async () => {
    const fields = { currentPassword: "This is not the password you use now." };
    fakeServer({
      "PUT /api/session/password": () => refusal({ type: "error:request/invalid", status: 422, fields }),
    });
    await renderPage(<PasswordCard />);
    await change("another whole sentence");
    expect(await screen.findByRole("link", { name: fields.currentPassword })).toBeVisible();
    expect(screen.getByLabelText("Password you use now")).toHaveAccessibleDescription(/not the password/);
  });

  it("asks for 12 characters without asking the server", async () => {
    const { calls } = fakeServer({});
    await renderPage(<PasswordCard />);
    await change("short");
    expect(await screen.findByRole("alert")).toHaveTextContent("Use at least 12 characters");
    expect(calls).toEqual([]);
  });
});
