import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { afterEach, expect, it, vi } from "vitest";
import { answer, fakeServer } from "../../../testing/fake-server.ts";
import { renderPage } from "../../../testing/render-page.tsx";
import { exampleTunnel, hostKey, shownKey } from "../../../testing/tunnels.ts";
import { TunnelField } from "./tunnel-field.tsx";

afterEach(() => vi.unstubAllGlobals());

const tunnel = exampleTunnel({ hostKey, connectionNames: ["Shop"] });

function Form({ tunnelId = "" }: { readonly tunnelId?: string }): ReactElement {
  const form = useForm({ defaultValues: { settings: { tunnelId, host: "db.internal", port: "5432" } } });
  return (
    <FormProvider {...form}>
      <TunnelField />
      <output aria-label="Id">{useWatch({ control: form.control, name: "settings.tunnelId" })}</output>
    </FormProvider>
  );
}

const list = () => screen.findByRole("combobox", { name: "Reach the database through an SSH tunnel" });

it("offers the saved tunnels beside the direct way, and tells about the chosen one", async () => {
  fakeServer({ "GET /api/tunnels": () => answer({ tunnels: [tunnel] }) });
  const person = userEvent.setup();
  await renderPage(<Form />);
  expect(await list()).toHaveValue("No, connect directly");
  await person.click(await list());
  await person.click(await screen.findByRole("option", { name: "Bastion (reader@bastion.example.com)" }));
  expect(screen.getByLabelText("Id")).toHaveTextContent(tunnel.id);
  expect(screen.getByText(/^Used by Shop\./)).toBeVisible();
  expect(screen.getByText("Server accepted")).toBeVisible();
  await person.click(await list());
  await person.click(await screen.findByRole("option", { name: "No, connect directly" }));
  expect(screen.getByLabelText("Id")).toBeEmptyDOMElement();
});

it("takes a new tunnel as soon as it is saved, without touching the form behind it", async () => {
  const fresh = exampleTunnel();
  const saved: (typeof fresh)[] = [];
  fakeServer({
    "GET /api/tunnels": () => answer({ tunnels: saved }),
    "POST /api/tunnels": () => {
      saved.push(fresh);
      return answer(fresh);
    },
    [`POST /api/tunnels/${fresh.id}/host-key`]: () => answer(shownKey(hostKey, fresh)),
  });
  const person = userEvent.setup();
  await renderPage(<Form />);
  await person.click(await screen.findByRole("button", { name: "New SSH tunnel" }));
  await person.type(await screen.findByLabelText("SSH server"), "bastion.example.com");
  await person.type(screen.getByLabelText("User on the SSH server"), "reader");
  await person.click(screen.getByRole("button", { name: "Save and go on" }));
  expect(await screen.findByRole("region", { name: "Line for authorized_keys" })).toHaveTextContent(
    'permitopen="db.internal:5432"',
  );
  await person.click(screen.getByRole("button", { name: "Do this later" }));
  expect(screen.getByLabelText("Id")).toHaveTextContent(fresh.id);
  expect(await list()).toHaveValue("Bastion (reader@bastion.example.com)");
  expect(screen.getByText("Server not accepted yet")).toBeVisible();
});

it("says that a tunnel was deleted in the meantime", async () => {
  fakeServer({ "GET /api/tunnels": () => answer({ tunnels: [] }) });
  await renderPage(<Form tunnelId={tunnel.id} />);
  expect(await screen.findByText("This SSH tunnel was deleted. Choose another one.")).toBeVisible();
});
