import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { user as ada } from "../../testing/examples.ts";
import { answer, fakeServer, refusal } from "../../testing/fake-server.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { SetupPage } from "./setup-page.tsx";
import { keepSetupToken } from "./setup-token.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  keepSetupToken("");
});

const open = { "GET /api/setup": () => answer({ open: true, signedIn: false }) };

async function fillIn(): Promise<void> {
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Your name"), "Ada Lovelace");
  await user.type(screen.getByLabelText("E-mail"), "ada@example.com");
  await user.type(screen.getByLabelText("Password"), "correct horse battery");
  await user.click(screen.getByRole("button", { name: "Create account" }));
}

describe("the set-up page", () => {
  it("creates the first account with the secret of the link", async () => {
    keepSetupToken("#the-secret");
    const done = vi.fn<() => void>();
    let signedIn = false;
    const { calls } = fakeServer({
      "GET /api/setup": () => answer({ open: !signedIn, signedIn }),
      "POST /api/setup": () => {
        signedIn = true;
        return answer(ada);
      },
      "GET /api/session": () => answer(ada),
    });
    await renderPage(<SetupPage onDone={done} />);
    await fillIn();
    await waitFor(() => expect(done).toHaveBeenCalled());
    expect(calls.find(({ method }) => method === "POST")?.body).toMatchObject({
      token: "the-secret",
      name: "Ada Lovelace",
      email: "ada@example.com",
      password: "correct horse battery",
    });
  });

  it("says so when the browser did not keep the cookie", async () => {
    keepSetupToken("#the-secret");
    fakeServer({
      ...open,
      "POST /api/setup": () => answer(ada),
    });
    await renderPage(<SetupPage onDone={() => undefined} />);
    await fillIn();
    expect(await screen.findByText("Your browser did not keep you signed in")).toBeVisible();
  });

  it("keeps everything typed when the link is refused", async () => {
    keepSetupToken("#an-old-secret");
    fakeServer({ ...open, "POST /api/setup": () => refusal({ type: "error:setup/wrong-link", status: 403 }) });
    await renderPage(<SetupPage onDone={() => undefined} />);
    await fillIn();
    expect(await screen.findByText("This set-up link does not work")).toBeVisible();
    expect(screen.getByLabelText("Your name")).toHaveValue("Ada Lovelace");
    expect(screen.getByLabelText("Password")).toHaveValue("correct horse battery");
  });

  it("lets the password be looked at and hides it again", async () => {
    keepSetupToken("#the-secret");
    fakeServer(open);
    const user = userEvent.setup();
    await renderPage(<SetupPage onDone={() => undefined} />);
    const password = await screen.findByLabelText("Password");
    expect(password).toHaveAttribute("type", "password");
    await user.click(screen.getByRole("button", { name: "Show password" }));
    expect(password).toHaveAttribute("type", "text");
    await user.click(screen.getByRole("button", { name: "Hide password" }));
    expect(password).toHaveAttribute("type", "password");
  });

  it("asks for the link again when the secret is not there", async () => {
    fakeServer(open);
    await renderPage(<SetupPage onDone={() => undefined} />);
    expect(await screen.findByRole("heading", { name: "Open the set-up link again" })).toBeVisible();
  });

  it("sends people to sign in once the first account exists", async () => {
    fakeServer({ "GET /api/setup": () => answer({ open: false, signedIn: true }) });
    await renderPage(<SetupPage onDone={() => undefined} />);
    expect(await screen.findByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in");
  });
});
