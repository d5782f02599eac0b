import { zodResolver } from "@hookform/resolvers/zod";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { useForm } from "react-hook-form";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ProblemError } from "../lib/api-errors.ts";
import { renderPage } from "../testing/render-page.tsx";
import { StepForm } from "./step-form.tsx";
import { TextField } from "./text-field.tsx";

const schema = z.object({
  name: z.string().min(1, { error: "Enter a name." }),
  settings: z.object({ host: z.string().min(1, { error: "Enter the server address." }) }),
});
type Answers = z.infer<typeof schema>;

function Form({ onSubmit }: { readonly onSubmit: (answers: Answers) => Promise<unknown> }): ReactElement {
  const form = useForm<Answers, unknown, Answers>({
    resolver: zodResolver(schema),
    defaultValues: { name: "", settings: { host: "" } },
    shouldFocusError: false,
  });
  return (
    <StepForm form={form} onSubmit={onSubmit} actions={<button type="submit">Save</button>}>
      <TextField control={form.control} name="name" label="Name" />
      <TextField control={form.control} name="settings.host" label="Server address" hint="For example db.example.com" />
    </StepForm>
  );
}

function refused(problem: Partial<ProblemError["problem"]>): Promise<never> {
  const whole = { type: "error:request/invalid" as const, title: "", status: 422, requestId: "7c1d", ...problem };
  return Promise.reject(new ProblemError(whole));
}

const save = () => screen.getByRole("button", { name: "Save" });

describe("StepForm", () => {
  it("says what is missing in a summary that takes the focus, and at the fields in the same words", async () => {
    const user = userEvent.setup();
    document.title = "New connection · Headgate";
    await renderPage(<Form onSubmit={() => Promise.resolve()} />);
    await user.click(save());
    const summary = await screen.findByRole("alert", { name: "There is a problem" });
    expect(summary).toHaveFocus();
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription("Enter a name.");
    expect(screen.getAllByText("Enter a name.")).toHaveLength(2);
    expect(document.title).toBe("Error: New connection · Headgate");
  });

  it("leads from each line of the summary to its field", async () => {
    const user = userEvent.setup();
    await renderPage(<Form onSubmit={() => Promise.resolve()} />);
    await user.click(save());
    await user.click(await screen.findByRole("link", { name: "Enter the server address." }));
    expect(screen.getByRole("textbox", { name: "Server address" })).toHaveFocus();
  });

  it("shows the server's complaint at the field it names and keeps what was typed", async () => {
    const user = userEvent.setup();
    const fields = { "settings.host": "A server address cannot contain spaces." };
    await renderPage(<Form onSubmit={() => refused({ fields })} />);
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Shop");
    await user.type(screen.getByRole("textbox", { name: "Server address" }), "db one");
    await user.click(save());
    const host = screen.getByRole("textbox", { name: "Server address" });
    expect(await screen.findByRole("alert")).toHaveTextContent("A server address cannot contain spaces.");
    expect(host).toHaveValue("db one");
    expect(host).toHaveAccessibleDescription(/cannot contain spaces/);
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Shop");
  });

  it("unwraps the fields of a body that carries the form in `values`", async () => {
    const user = userEvent.setup();
    await renderPage(<Form onSubmit={() => refused({ fields: { "values.name": "Too long." } })} />);
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Shop");
    await user.type(screen.getByRole("textbox", { name: "Server address" }), "db");
    await user.click(save());
    expect(await screen.findByRole("link", { name: "Too long." })).toBeVisible();
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription("Too long.");
  });

  it("says at the top what belongs to no field, and lets the person try again", async () => {
    const user = userEvent.setup();
    let tries = 0;
    await renderPage(
      <Form onSubmit={() => (++tries === 1 ? refused({ type: "error:connection/name-taken" }) : Promise.resolve())} />,
    );
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Shop");
    await user.type(screen.getByRole("textbox", { name: "Server address" }), "db");
    await user.click(save());
    expect(await screen.findByText("Another connection already has this name")).toBeVisible();
    await user.click(save());
    expect(tries).toBe(2);
    expect(screen.queryByText("Another connection already has this name")).not.toBeInTheDocument();
  });
});
