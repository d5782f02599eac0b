import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { draftBefore } from "../../../../testing/wizard/samples.ts";
import { renderWizard } from "../../../../testing/wizard/render-wizard.tsx";
import { wizardServer } from "../../../../testing/wizard/wizard-server.ts";

const weekly = {
  kind: "weekly" as const,
  days: ["saturday" as const, "sunday" as const],
  times: ["02:30"],
  timeZone: "Europe/Paris",
  missed: "catch_up" as const,
};

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-27T12:00:00Z") }));
afterEach(() => vi.useRealTimers());

async function open(schedule?: Parameters<typeof draftBefore>[1]) {
  const draft = draftBefore("schedule", schedule);
  const server = wizardServer({ draft });
  const wizard = await renderWizard(draft.id, "schedule");
  await screen.findByRole("heading", { name: "What this means" });
  return { server, ...wizard };
}

const runs = () => screen.getAllByRole("listitem").filter((item) => item.querySelector("time"));
const goOn = () => screen.getByRole("button", { name: "Continue" });

describe("step 6, schedule", () => {
  it("says the next five runs in words and notes the clock change between them", async () => {
    await open({ schedule: weekly });
    expect(screen.getByText("Every Saturday and Sunday at 02:30, Paris time")).toBeVisible();
    expect(runs()).toHaveLength(5);
    expect(runs()[0]).toHaveTextContent("Sat 28 Mar, 02:30");
    expect(runs()[0]).toHaveTextContent("in 14 hours");
    // 02:30 does not exist in Paris on 29 March: the run comes when the clocks say 03:00.
    expect(runs()[1]).toHaveTextContent("Sun 29 Mar, 03:00");
    expect(runs()[1]).toHaveTextContent("Clocks have gone forward by then");
  });

  it("takes a frequency and a start [RS-13] [RS-14]", async () => {
    const { person, server } = await open();
    await person.clear(screen.getByLabelText("Every"));
    await person.type(screen.getByLabelText("Every"), "45");
    await person.click(screen.getByRole("combobox", { name: "Unit" }));
    await person.click(await screen.findByRole("option", { name: "minutes" }));
    await person.type(screen.getByLabelText("Starting at (optional)"), "2026-03-30T08:00");
    await person.click(goOn());
    await screen.findByRole("heading", { level: 1, name: /Step 7 of 7/ });
    expect(server.state.draft.steps.schedule).toMatchObject({
      kind: "every",
      every: 45,
      unit: "minutes",
      startAt: "2026-03-30T08:00",
      missed: "catch_up",
    });
  });

  it("names what is wrong with a cron expression, at the field", async () => {
    const { person } = await open();
    await person.click(screen.getByRole("radio", { name: "Custom (cron)" }));
    const cron = screen.getByLabelText("Cron expression");
    await person.clear(cron);
    await person.type(cron, "99 7 * * *");
    await person.click(goOn());
    const summary = await screen.findByRole("alert");
    expect(within(summary).getByRole("link")).toHaveTextContent(/Minute/);
    expect(cron).toHaveAccessibleDescription(/Minute/);
  });

  it("refuses an interval that is not a whole number, and keeps what was typed", async () => {
    const { person } = await open();
    await person.clear(screen.getByLabelText("Every"));
    await person.type(screen.getByLabelText("Every"), "1.5");
    await person.click(goOn());
    expect(await screen.findByRole("link", { name: "Enter a whole number." })).toBeVisible();
    expect(screen.getByLabelText("Every")).toHaveValue("1.5");
  });

  it("asks for days and times by the week, and for nothing when started by hand", async () => {
    const { person, server } = await open();
    await person.click(screen.getByRole("radio", { name: "On certain days" }));
    for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) {
      await person.click(screen.getByRole("checkbox", { name: day }));
    }
    await person.click(goOn());
    expect(await screen.findByRole("link", { name: "Choose at least one day." })).toBeVisible();
    await person.click(screen.getByRole("radio", { name: "Only when I press Run now" }));
    expect(screen.queryByLabelText("Time zone")).not.toBeInTheDocument();
    await person.click(goOn());
    await screen.findByRole("heading", { level: 1, name: /Step 7 of 7/ });
    expect(server.state.draft.steps.schedule?.kind).toBe("manual");
  });

  it("asks plainly what happens with runs that were missed", async () => {
    const { person, server } = await open();
    await person.click(screen.getByRole("radio", { name: "Wait for the next one" }));
    await person.click(goOn());
    await screen.findByRole("heading", { level: 1, name: /Step 7 of 7/ });
    expect(server.state.draft.steps.schedule).toMatchObject({ missed: "skip" });
  });
});
