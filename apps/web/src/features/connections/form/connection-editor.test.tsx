import type { PostgresConnection, ConnectionAnswers } from "@headgate/contract";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { azureService } from "../../../testing/definitions.ts";
import { answer, fakeServer, refusal } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { shop } from "../../../testing/wizard/samples.ts";
import { ConnectionEditor } from "./connection-editor.tsx";

afterEach(() => vi.unstubAllGlobals());

const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
const key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----";

type Scene = { readonly person: UserEvent; readonly sent: () => ConnectionAnswers };

async function open(saved?: PostgresConnection, reply: () => Response = () => answer(saved ?? shop)): Promise<Scene> {
  const { calls } = fakeServer({
    "POST /api/connections": reply,
    [`PUT /api/connections/${saved?.id ?? ""}`]: reply,
    "GET /api/tunnels": () => answer({ tunnels: [] }),
  });
  const props = saved ? { saved } : {};
  await renderPage(<ConnectionEditor {...props} submitLabel="Save" onSaved={() => undefined} />);
  const sent = () => calls.findLast(({ method }) => method === "POST" || method === "PUT")?.body as ConnectionAnswers;
  return { person: userEvent.setup(), sent };
}

/** In one go: letter by letter takes its time in a form of this size. */
async function type(person: UserEvent, label: string, text: string): Promise<void> {
  const field = screen.getByLabelText(label);
  await person.clear(field);
  await person.click(field);
  await person.paste(text);
}

async function choose(person: UserEvent, name: string, option: string): Promise<void> {
  await person.click(screen.getByRole("combobox", { name }));
  await person.click(await screen.findByRole("option", { name: option }));
}

async function fillServer(person: UserEvent, host: string): Promise<void> {
  await type(person, "Server address", host);
  await type(person, "Database", "shop");
  await type(person, "User", "reader");
}

const save = (person: UserEvent) => person.click(screen.getByRole("button", { name: "Save" }));
const encryption = () => screen.getByRole("combobox", { name: "Encryption" });

describe("the server's address", () => {
  it("tells the provider, with its tips and the encryption that fits", async () => {
    const { person } = await open();
    await type(person, "Server address", "db.abcdefgh.supabase.co");
    expect(screen.getByText("This looks like Supabase")).toBeVisible();
    expect(screen.getByText(/IPv6 only/)).toBeVisible();
    expect(encryption()).toHaveValue("Always");
    await type(person, "Server address", "aws-0-eu-central-1.pooler.supabase.com");
    await type(person, "Port", "6543");
    expect(screen.getByText(/Port 6543 is the transaction pooler/)).toBeVisible();
    await type(person, "Server address", "db.example.com");
    expect(screen.queryByText(/This looks like/)).not.toBeInTheDocument();
    expect(encryption()).toHaveValue("Always, and check the server's name");
  });

  it("leaves an encryption that was chosen alone", async () => {
    const { person } = await open();
    await choose(person, "Encryption", "Use if available");
    await type(person, "Server address", "ep-cool-1.eu-central-1.aws.neon.tech");
    expect(screen.getByText("This looks like Neon")).toBeVisible();
    expect(encryption()).toHaveValue("Use if available");
  });
});

describe("signing in with a Microsoft Entra application", () => {
  it("shows and sends only what applies, with a secret [AZ-03] [AZ-06] [AZ-11]", async () => {
    const { person, sent } = await open();
    await fillServer(person, "10.0.0.5");
    await choose(person, "Sign in with", "Microsoft Entra application");
    expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
    expect(screen.queryByLabelText("Certificate with its key")).not.toBeInTheDocument();
    expect(encryption()).toHaveValue("Always, and check the server's name");
    await type(person, "Directory (tenant) ID", "contoso.example");
    await type(person, "Application (client) ID", "1-2-3");
    await choose(person, "Microsoft cloud", "Azure US Government");
    await save(person);
    await person.click(await screen.findByRole("link", { name: "Enter the value of the client secret." }));
    expect(screen.getByLabelText("Client secret")).toHaveFocus();
    await type(person, "Client secret", "value");
    await person.type(screen.getByLabelText("The secret ends on (optional)"), "2027-01-31");
    await save(person);
    await waitFor(() => expect(sent()).toBeDefined());
    expect(sent()).toMatchObject({
      settings: {
        tlsMode: "verify-full",
        entra: { tenantId: "contoso.example", clientId: "1-2-3", cloud: "AzureUsGovernment", credential: "secret" },
      },
      secrets: { entraSecret: "value" },
      entraSecretExpires: "2027-01-31",
    });
    expect(sent().secrets).not.toHaveProperty("password");
  });

  it("takes a PFX file and its password [AZ-07]", async () => {
    const { person, sent } = await open();
    await fillServer(person, "db.example.com");
    await choose(person, "Sign in with", "Microsoft Entra application");
    await type(person, "Directory (tenant) ID", "contoso.example");
    await type(person, "Application (client) ID", "1-2-3");
    await choose(person, "The application proves itself with", "A certificate");
    expect(screen.queryByLabelText("Client secret")).not.toBeInTheDocument();
    const bytes = new Uint8Array([0x30, 0x82, 0x01, 0x0a, 0x02, 0x01, 0x03, ...new Uint8Array(93)]);
    await chooseFile(person, "secrets.entraCertificate", new File([bytes], "app.pfx"));
    expect(await screen.findByText("Read from app.pfx")).toBeVisible();
    await type(person, "Password of the certificate file", "open");
    await save(person);
    await waitFor(() => expect(sent()).toBeDefined());
    expect(sent().secrets).toEqual({
      entraCertificate: btoa(String.fromCharCode(...bytes)),
      entraCertificatePassword: "open",
    });
  });
});

describe("a client certificate", () => {
  it("is read from files, together with its key and an authority [RS-16]", async () => {
    const { person, sent } = await open();
    await fillServer(person, "db.example.com");
    await person.click(screen.getByText("More ways to connect"));
    expect(screen.queryByLabelText("Private key of the client certificate")).not.toBeInTheDocument();
    await chooseFile(person, "settings.caCertificate", new File([certificate], "ca.pem"));
    await chooseFile(person, "settings.clientCertificate", new File([certificate], "client.crt"));
    await screen.findByLabelText("Private key of the client certificate");
    await chooseFile(person, "secrets.clientKey", new File([key], "client.key"));
    await screen.findByText("Read from client.key");
    await save(person);
    await waitFor(() => expect(sent()).toBeDefined());
    expect(sent()).toMatchObject({
      settings: { caCertificate: certificate, clientCertificate: certificate },
      secrets: { clientKey: key },
    });
  });

  it("says at the field what is wrong with a file", async () => {
    const { person } = await open();
    await person.click(screen.getByText("More ways to connect"));
    const zip = new File([new Uint8Array([0x50, 0x4b, 3, 4])], "client.crt");
    await chooseFile(person, "settings.clientCertificate", zip);
    const field = screen.getByLabelText("Client certificate (optional)");
    await waitFor(() => expect(field).toHaveAccessibleDescription(/holds no certificate/));
  });

  it("shows what the server says of it at its field, and opens the fold it is in [B102]", async () => {
    const sentence = "This passphrase does not open the key. Enter it again.";
    const saved = { ...shop, settings: { ...shop.settings, clientCertificate: certificate } };
    const secrets = { ...shop.secrets, clientKey: { set: true, updatedAt: shop.updatedAt } };
    const fields = { "secrets.clientKeyPassphrase": sentence };
    const { person } = await open({ ...saved, secrets }, () =>
      refusal({ type: "error:request/invalid", status: 422, fields }),
    );
    await type(person, "Passphrase of the key", "wrong");
    // Folded again by hand: the mistake opens it.
    await person.click(screen.getByText("More ways to connect"));
    await save(person);
    const summary = await screen.findByRole("alert", { name: "There is a problem" });
    const field = screen.getByLabelText("Passphrase of the key");
    expect(field.closest("details")).toHaveAttribute("open");
    expect(field).toHaveAccessibleDescription(new RegExp(sentence));
    await person.click(within(summary).getByRole("link", { name: sentence }));
    expect(field).toHaveFocus();
  });
});

describe("an edit", () => {
  it("keeps the imported definition and shows what it keeps", async () => {
    const settings = { ...shop.settings, importedFrom: azureService };
    const { person, sent } = await open({ ...shop, settings });
    expect(screen.getByText("Kept from the imported definition")).toBeVisible();
    await type(person, "Database", "other");
    await save(person);
    await waitFor(() => expect(sent()).toBeDefined());
    expect(sent().settings).toEqual({ ...settings, database: "other" });
    expect(sent().secrets).toEqual({});
  });

  it("asks for the secret that is used when its target changes, and for no other [R24]", async () => {
    const entra = { tenantId: "contoso.example", clientId: "1-2", cloud: "AzurePublic", credential: "secret" } as const;
    const secrets = {
      ...shop.secrets,
      password: { set: false, updatedAt: null },
      entraSecret: { set: true, updatedAt: shop.updatedAt },
    };
    const { person, sent } = await open({ ...shop, settings: { ...shop.settings, entra }, secrets });
    const secret = screen.getByLabelText("Client secret");
    expect(secret).toHaveAccessibleDescription(/^Saved/);
    await type(person, "Server address", "other.example.com");
    expect(secret).toHaveAccessibleDescription(/does not count any more/);
    await save(person);
    expect(await screen.findByRole("link", { name: "Enter the value of the client secret." })).toBeVisible();
    expect(sent()).toBeUndefined();
    await type(person, "Client secret", "again");
    await save(person);
    await waitFor(() => expect(sent()).toBeDefined());
    expect(sent().secrets).toEqual({ entraSecret: "again" });
  });
});

/** The button opens the browser's own dialog; what was chosen there arrives in the hidden input. */
async function chooseFile(person: UserEvent, field: string, file: File): Promise<void> {
  const input = document.querySelector<HTMLInputElement>(`[data-file-for="${field}"]`);
  if (!input) throw new Error(`There is no file to choose for ${field}.`);
  await person.upload(input, file);
}
