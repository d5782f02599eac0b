import type { DestinationKind, StoredSecret } from "@headgate/contract";
import { Button } from "@mantine/core";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderPage } from "../../../testing/render-page.tsx";
import { KindFormOf } from "./kind-forms.tsx";
import type { KindFormProps } from "./kind-form-view.tsx";
import type { KindAnswers, StoredKind } from "./kind-rules.ts";

const set: StoredSecret = { set: true, updatedAt: "2026-11-21T09:30:00.000Z" };
const unset: StoredSecret = { set: false, updatedAt: null };

async function open<K extends DestinationKind>(kind: K, stored?: StoredKind<K>) {
  const save = vi.fn<(answers: KindAnswers<K>) => Promise<void>>(() => Promise.resolve());
  const props: KindFormProps<K> = {
    onSubmit: save,
    actions: () => <Button type="submit">Save</Button>,
    ...(stored && { stored: { ...stored, flowNames: ["Orders"] } }),
  };
  await renderPage(<KindFormOf kind={kind} {...props} />);
  await screen.findByRole("button", { name: "Save" });
  const person = userEvent.setup();
  const submit = () => person.click(screen.getByRole("button", { name: "Save" }));
  // In one go: letter by letter takes its time in forms of this size.
  const type = async (label: string, text: string): Promise<void> => {
    await person.click(screen.getByLabelText(label));
    await person.paste(text);
  };
  return { save, person, submit, type };
}

describe("an event API", () => {
  it("asks for address and key, names itself, and keeps the usual settings [RS-15]", async () => {
    const { save, submit, type } = await open("events");
    await submit();
    expect(await screen.findByRole("link", { name: /^Enter the address/ })).toBeVisible();
    expect(screen.getByRole("link", { name: "Enter the write key." })).toBeVisible();
    await type("Data plane URL", "https://shop.dataplane.example.com");
    await type("Write key", "k-123");
    expect(screen.getByLabelText("Connection name")).toHaveValue("RudderStack at shop.dataplane.example.com");
    await submit();
    expect(save).toHaveBeenCalledWith({
      kind: "events",
      name: "RudderStack at shop.dataplane.example.com",
      settings: {
        dialect: "rudderstack",
        dataPlaneUrl: "https://shop.dataplane.example.com",
        lanes: 4,
        gzip: true,
      },
      secrets: { writeKey: "k-123" },
    });
  });

  it("fills in Segment's one address, and takes it away again", async () => {
    const { person } = await open("events");
    await person.click(screen.getByRole("radio", { name: "Segment" }));
    expect(screen.getByLabelText("Address of the API")).toHaveValue("https://api.segment.io");
    await person.click(screen.getByRole("radio", { name: "RudderStack" }));
    expect(screen.getByLabelText("Data plane URL")).toHaveValue("");
  });

  it("keeps a stored key without showing it, and asks for it when events would go elsewhere [R24]", async () => {
    const { save, submit, type } = await open("events", {
      name: "Events",
      settings: { dialect: "segment", dataPlaneUrl: "https://api.segment.io", lanes: 4, gzip: true },
      secrets: { writeKey: set },
    });
    const key = screen.getByLabelText("Write key");
    expect(key).toHaveValue("");
    expect(key).toHaveAccessibleDescription("Saved. Leave it empty to keep it, or enter a new one.");
    expect(screen.getByText(/Used by “Orders”/)).toBeVisible();
    await submit();
    expect(save).toHaveBeenLastCalledWith(expect.objectContaining({ secrets: {} }));
    await type("Address of the API", ".evil.example.com");
    await submit();
    expect(await screen.findByRole("link", { name: /^You changed where the rows go/ })).toBeVisible();
    expect(save).toHaveBeenCalledTimes(1);
  });
});

describe("a webhook", () => {
  it("shows what arrives while its template is written, with placeholders to press", async () => {
    const { save, person, submit, type } = await open("webhook");
    const preview = () => screen.getByRole("region", { name: "One message with two rows" });
    expect(preview()).toHaveTextContent("ada@example.com");
    await type("The message", '{"items": ');
    expect(screen.getByText("Add {{rows}}, or {{row}} when each message has one row.")).toBeVisible();
    await person.click(screen.getByRole("button", { name: "{{rows}}: the list of rows" }));
    await type("The message", "}");
    expect(preview()).toHaveTextContent('"items": [');
    await type("Address", "https://hooks.example.com/rows");
    await submit();
    expect(save).toHaveBeenCalledWith(
      expect.objectContaining({
        kind: "webhook",
        name: "Webhook at hooks.example.com",
        settings: expect.objectContaining({ bodyTemplate: '{"items": {{rows}}}', method: "POST", batchSize: 100 }),
        secrets: {},
      }),
    );
  });

  it("makes a signing key, says how it is checked, and throws a stored one away on demand", async () => {
    const { save, person, submit } = await open("webhook", {
      name: "Hook",
      settings: {
        url: "https://hooks.example.com",
        method: "POST",
        headers: [],
        signatureHeader: "X-Signature",
        signatureEncoding: "hex",
        batchSize: 100,
        lanes: 1,
      },
      secrets: { signingKey: set, authorization: unset },
    });
    expect(screen.getByText(/digest\("hex"\)/)).toBeInTheDocument();
    await person.click(screen.getByRole("button", { name: "Make a key" }));
    await submit();
    const [made] = save.mock.lastCall ?? [];
    expect(made?.secrets.signingKey).toMatch(/^[\w-]{43}$/);
    await person.clear(screen.getByLabelText("Signing key (optional)"));
    await person.click(screen.getByRole("checkbox", { name: "Throw away what is saved: signing key" }));
    await submit();
    expect(save.mock.lastCall?.[0].secrets).toEqual({ signingKey: "" });
  });

  it("refuses headers of its own at the header, and secrets among them", async () => {
    const { save, person, submit, type } = await open("webhook");
    await type("Address", "https://hooks.example.com");
    await person.click(screen.getByText("More"));
    await person.click(screen.getByRole("button", { name: "Add a header" }));
    await type("Name of header 1", "Authorization");
    await submit();
    const fault = await screen.findAllByText(/^Put Authorization into the secret field/);
    // Once at the top, once at the header.
    expect(fault).toHaveLength(2);
    expect(save).not.toHaveBeenCalled();
  });
});

describe("files", () => {
  it("show the next file's name while it is put together", async () => {
    const { save, person, submit, type } = await open("files");
    await type("Folder", "exports/shop");
    const name = screen.getByLabelText("File name");
    await person.clear(name);
    await type("File name", "orders-");
    expect(screen.getByText(/every run would write the same file/)).toBeVisible();
    await person.click(screen.getByRole("button", { name: "{run}: the run's id" }));
    expect(screen.getByText(/^orders-[0-9a-f-]{36}\.csv$/)).toBeVisible();
    await person.click(screen.getByRole("checkbox", { name: "Compress the files with gzip" }));
    expect(screen.getByText(/\.csv\.gz$/)).toBeVisible();
    await submit();
    expect(save).toHaveBeenCalledWith(
      expect.objectContaining({
        name: "CSV files in exports/shop",
        settings: expect.objectContaining({
          place: "folder",
          folder: "exports/shop",
          nameTemplate: "orders-{run}",
          compression: "gzip",
        }),
      }),
    );
  });

  it("show how CSV is written, value by value", async () => {
    const { person, type } = await open("files");
    await person.click(screen.getByText("How the CSV is written"));
    expect(screen.getByText(/1,"Ada, Countess","",/)).toBeVisible();
    await type("An empty database value is written as", "NULL");
    expect(screen.getByText(/1,"Ada, Countess","",NULL/)).toBeVisible();
    await person.click(screen.getByRole("checkbox", { name: "Guard against formulas" }));
    expect(screen.getByText(/2,Bob,'=SUM\(A1\),12\.50/)).toBeVisible();
  });

  it("in a bucket need its key, and a folder none", async () => {
    const { person, submit } = await open("files");
    await person.click(screen.getByRole("radio", { name: "S3-compatible storage" }));
    await submit();
    expect(await screen.findByRole("link", { name: "Enter the secret access key." })).toBeVisible();
    expect(screen.getByRole("link", { name: "Enter the access key id." })).toBeVisible();
    expect(screen.getByRole("link", { name: /^Enter the name of the bucket/ })).toBeVisible();
  });
});
