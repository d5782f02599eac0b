import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, fakeServer, refusal } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { exampleTunnel, hostKey, otherKey, shownKey } from "../../../testing/tunnels.ts";
import { connection } from "../../../testing/wizard/samples.ts";
import { HostKeyForFailure } from "./host-key-for-failure.tsx";
import { HostKeyPanel } from "./host-key-panel.tsx";

afterEach(() => vi.unstubAllGlobals());

const nothing = (): void => undefined;
const unmet = exampleTunnel();
const met = exampleTunnel({ hostKey });
const keyPath = `/api/tunnels/${unmet.id}/host-key`;

describe("a server met for the first time", () => {
  it("is not accepted by saying no, and nothing is sent [B118] [R54]", async () => {
    const { calls } = fakeServer({ [`POST ${keyPath}`]: () => answer(shownKey(hostKey, unmet)) });
    const person = userEvent.setup();
    await renderPage(<HostKeyPanel tunnel={unmet} />);
    await person.click(await screen.findByRole("button", { name: "No" }));
    expect(screen.getByRole("status")).toHaveTextContent("Then nothing is sent to it");
    expect(calls.map(({ method }) => method)).toEqual(["POST"]);
  });

  it("that does not answer says so in words about SSH", async () => {
    const failure = { stage: "port", code: "port_closed", facts: {}, detail: "" } as const;
    fakeServer({ [`POST ${keyPath}`]: () => answer({ status: "failed", failure }) });
    await renderPage(<HostKeyPanel tunnel={unmet} />);
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("bastion.example.com is there, but nothing listens on port 22");
    expect(alert).toHaveTextContent("22 is usual");
    expect(alert).not.toHaveTextContent(/5432|database/);
  });
});

describe("a server that was accepted", () => {
  it("is recognised", async () => {
    fakeServer({ [`POST ${keyPath}`]: () => answer(shownKey(hostKey, met)) });
    await renderPage(<HostKeyPanel tunnel={met} />);
    expect(await screen.findByText("This is the server you accepted")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Yes/ })).not.toBeInTheDocument();
  });

  it("with another key is a hard stop that shows both and takes the person's password [B117] [R54]", async () => {
    const fields = { password: "This is not your Headgate password." };
    const { calls } = fakeServer({
      [`POST ${keyPath}`]: () => answer(shownKey(otherKey, met)),
      [`PUT ${keyPath}`]: ({ body }) =>
        (body as { password?: string }).password === "right"
          ? answer({ ...met, hostKey: otherKey })
          : refusal({ type: "error:auth/password-needed", status: 422, fields }),
    });
    const onAccepted = vi.fn<() => void>();
    const person = userEvent.setup();
    await renderPage(<HostKeyPanel tunnel={met} onAccepted={onAccepted} />);
    expect(await screen.findByRole("alert")).toHaveTextContent("This is not the server that was accepted");
    const both = screen.getByRole("region", { name: "Fingerprints before and now" });
    expect(both).toHaveTextContent(hostKey.fingerprint);
    expect(both).toHaveTextContent(otherKey.fingerprint);
    expect(screen.queryByRole("button", { name: /^Yes/ })).not.toBeInTheDocument();

    await person.click(screen.getByRole("button", { name: "Replace the accepted key" }));
    const yes = screen.getByRole("button", { name: "Accept the new key" });
    await person.click(yes);
    expect(await screen.findByRole("link", { name: /^Enter the password/ })).toBeVisible();
    expect(calls.filter(({ method }) => method === "PUT")).toEqual([]);
    await person.type(screen.getByLabelText("Your Headgate password"), "wrong");
    await person.click(yes);
    expect(await screen.findByRole("link", { name: "This is not your Headgate password." })).toBeVisible();
    expect(onAccepted).not.toHaveBeenCalled();
    await person.clear(screen.getByLabelText("Your Headgate password"));
    await person.type(screen.getByLabelText("Your Headgate password"), "right");
    await person.click(yes);
    await waitFor(() => expect(onAccepted).toHaveBeenCalledOnce());
    expect(calls.findLast(({ method }) => method === "PUT")?.body).toEqual({
      fingerprint: otherKey.fingerprint,
      password: "right",
    });
  });
});

describe("a check that a tunnel stopped", () => {
  const through = connection({ id: "11111111-1111-4111-8111-111111111111", name: "Shop" });
  const shop = { ...through, settings: { ...through.settings, tunnelId: unmet.id } };
  const failed = (code: "ssh_host_key_unknown" | "ssh_auth_refused" | "password_wrong") => ({
    stage: "tunnel" as const,
    code,
    facts: {},
    detail: "",
  });

  it("offers to accept the server right there, and then tests again", async () => {
    fakeServer({
      "GET /api/tunnels": () => answer({ tunnels: [unmet] }),
      [`POST ${keyPath}`]: () => answer(shownKey(hostKey, unmet)),
      [`PUT ${keyPath}`]: () => answer({ ...unmet, hostKey }),
    });
    const onSettled = vi.fn<() => void>();
    const person = userEvent.setup();
    await renderPage(
      <HostKeyForFailure connection={shop} failure={failed("ssh_host_key_unknown")} onSettled={onSettled} />,
    );
    await person.click(await screen.findByRole("button", { name: "Yes, this is the server" }));
    await waitFor(() => expect(onSettled).toHaveBeenCalledOnce());
  });

  it("shows the line once more where the key was refused", async () => {
    fakeServer({ "GET /api/tunnels": () => answer({ tunnels: [unmet] }) });
    await renderPage(<HostKeyForFailure connection={shop} failure={failed("ssh_auth_refused")} onSettled={nothing} />);
    const line = await screen.findByRole("region", { name: "Line for authorized_keys" });
    expect(line).toHaveTextContent('permitopen="db.example.com:5432"');
  });

  it("adds nothing to any other failure, and asks for nothing", async () => {
    const { calls } = fakeServer({});
    await renderPage(<HostKeyForFailure connection={shop} failure={failed("password_wrong")} onSettled={nothing} />);
    expect(calls).toEqual([]);
  });
});
