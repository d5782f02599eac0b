import type { Tunnel } from "@headgate/contract";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, fakeServer, refusal } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { exampleTunnel, hostKey, passwordTunnel, shownKey } from "../../../testing/tunnels.ts";
import { TunnelWindow } from "./tunnel-window.tsx";

afterEach(() => vi.unstubAllGlobals());

const saved = exampleTunnel();
const keyPath = `/api/tunnels/${saved.id}/host-key`;

function save(): Promise<HTMLElement> {
  return screen.findByRole("button", { name: /^Save/ });
}

describe("a new tunnel", () => {
  it("gets a key made by Headgate, the line to pass on, and a server that a person accepts [R54]", async () => {
    const { calls } = fakeServer({
      "POST /api/tunnels": () => answer(saved),
      [`POST ${keyPath}`]: () => answer(shownKey(hostKey, saved)),
      [`PUT ${keyPath}`]: () => answer({ ...saved, hostKey }),
    });
    const onSaved = vi.fn<(tunnel: Tunnel) => void>();
    const person = userEvent.setup();
    const end = { host: "db.internal", port: 5432 };
    await renderPage(
      <TunnelWindow tunnel={undefined} start="details" end={end} onSaved={onSaved} onClose={() => undefined} />,
    );
    await person.type(await screen.findByLabelText("SSH server"), "bastion.example.com");
    await person.type(screen.getByLabelText("User on the SSH server"), "reader");
    expect(screen.getByRole("radio", { name: "With a key that Headgate makes" })).toBeChecked();
    expect(screen.getByLabelText("Tunnel name")).toHaveValue("bastion.example.com");
    await person.click(await save());

    const line = await screen.findByRole("region", { name: "Line for authorized_keys" });
    expect(line).toHaveTextContent('restrict,port-forwarding,permitopen="db.internal:5432" ssh-ed25519 AAAAC3Nz');
    expect(calls[0]?.body).toEqual({
      name: "bastion.example.com",
      host: "bastion.example.com",
      port: 22,
      user: "reader",
      method: "headgate_key",
      secrets: {},
    });
    expect(onSaved).toHaveBeenCalledWith(expect.objectContaining({ id: saved.id }));
    expect(await screen.findByText("Ed25519")).toBeVisible();
    expect(screen.getByRole("dialog")).toHaveTextContent(hostKey.fingerprint);
    expect(screen.getByRole("dialog")).toHaveTextContent("ssh-keyscan -p 22 bastion.example.com | ssh-keygen -lf -");
    expect(calls.some(({ method }) => method === "PUT")).toBe(false);

    await person.click(screen.getByRole("button", { name: "Yes, this is the server" }));
    expect(await screen.findByText("This is the server you accepted")).toBeVisible();
    expect(calls.find(({ method }) => method === "PUT")?.body).toEqual({ fingerprint: hostKey.fingerprint });
  });

  it("says at its field what is wrong with a private key [B120]", async () => {
    const fields = { "secrets.privateKey": "This is the public key." };
    fakeServer({ "POST /api/tunnels": () => refusal({ type: "error:request/invalid", status: 422, fields }) });
    const person = userEvent.setup();
    await renderPage(<TunnelWindow tunnel={undefined} start="details" onClose={() => undefined} />);
    await person.type(await screen.findByLabelText("SSH server"), "bastion.example.com");
    await person.type(screen.getByLabelText("User on the SSH server"), "reader");
    await person.click(screen.getByRole("radio", { name: "With a private key that you have" }));
    await person.click(await save());
    expect(await screen.findByRole("alert")).toHaveTextContent("Add the private key.");
    await person.type(screen.getByLabelText("Private key"), "ssh-ed25519 AAAA");
    await person.click(await save());
    const link = await screen.findByRole("link", { name: "This is the public key." });
    expect(link).toHaveAttribute("href", "#field-tunnel-secrets-privateKey");
    expect(screen.getByLabelText("Private key")).toHaveAccessibleDescription(/This is the public key\./);
  });

  it("takes a private key out of a file", async () => {
    const { calls } = fakeServer({ "POST /api/tunnels": () => answer(exampleTunnel({ method: "private_key" })) });
    const person = userEvent.setup();
    await renderPage(<TunnelWindow tunnel={undefined} start="details" onClose={() => undefined} />);
    await person.type(await screen.findByLabelText("SSH server"), "bastion.example.com");
    await person.type(screen.getByLabelText("User on the SSH server"), "reader");
    await person.click(screen.getByRole("radio", { name: "With a private key that you have" }));
    const file = new File(["-----BEGIN KEY-----\nabc"], "id_ed25519");
    const input = screen.getByRole("dialog").querySelector<HTMLInputElement>("input[type=file]");
    if (!input) throw new Error("There is no way to choose a file.");
    await person.upload(input, file);
    await waitFor(() => expect(screen.getByLabelText("Private key")).toHaveValue("-----BEGIN KEY-----\nabc"));
    await person.click(await save());
    await waitFor(() => expect(calls).not.toEqual([]));
    expect(calls[0]?.body).toMatchObject({
      method: "private_key",
      secrets: { privateKey: "-----BEGIN KEY-----\nabc", passphrase: "" },
    });
  });
});

describe("a saved tunnel", () => {
  it("keeps its password, unless it goes elsewhere: then it is asked for again [R24]", async () => {
    const tunnel = passwordTunnel({ hostKey });
    const { calls } = fakeServer({ [`PUT /api/tunnels/${tunnel.id}`]: () => answer(tunnel) });
    const onClose = vi.fn<() => void>();
    const person = userEvent.setup();
    await renderPage(<TunnelWindow tunnel={tunnel} start="details" onClose={onClose} />);
    const host = await screen.findByLabelText("SSH server");
    await person.type(host, ".evil");
    await person.click(await save());
    expect(await screen.findByRole("alert")).toHaveTextContent("Type the password again");
    expect(calls).toEqual([]);
    await person.clear(host);
    await person.type(host, tunnel.host);
    await person.click(await save());
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(calls[0]?.body).toMatchObject({ host: tunnel.host, secrets: {}, revision: tunnel.revision });
  });

  it("stays at its server while connections send their passwords through it [R24]", async () => {
    fakeServer({});
    const tunnel = passwordTunnel({ hostKey, connectionNames: ["Shop"] });
    await renderPage(<TunnelWindow tunnel={tunnel} start="details" onClose={() => undefined} />);
    expect(await screen.findByLabelText("SSH server")).toBeDisabled();
    expect(screen.getByLabelText("Port")).toBeDisabled();
    expect(screen.getByLabelText("User on the SSH server")).toBeEnabled();
  });

  it("hands the whole message to the administrator, without a secret", async () => {
    fakeServer({ [`POST ${keyPath}`]: () => answer(shownKey(hostKey, saved)) });
    const person = userEvent.setup();
    await renderPage(<TunnelWindow tunnel={saved} start="keys" onClose={() => undefined} />);
    await person.click(await screen.findByText("Message for your administrator"));
    const message = screen.getByRole("region", { name: "Message for your administrator" });
    expect(within(message).getByText(/authorized_keys of that user/)).toBeVisible();
    expect(message).toHaveTextContent("ssh-keyscan -p 22 bastion.example.com");
  });
});
