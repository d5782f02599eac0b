import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../testing/render-page.tsx";
import { BarChart, type Bar } from "./bar-chart.tsx";

const bars: Bar[] = [
  { key: "a", value: 10, tone: "good", words: "Monday, 10 rows" },
  { key: "b", value: 0, tone: "bad", words: "Tuesday, failed" },
  { key: "c", value: 5, tone: "good", words: "Wednesday, 5 rows" },
];

describe("BarChart", () => {
  it("is walked through with arrow keys, says each bar in words and opens one with Enter", async () => {
    const user = userEvent.setup();
    const opened: string[] = [];
    await renderPage(<BarChart label="Runs" bars={bars} hint="Newest right" onOpen={(key) => opened.push(key)} />);
    await user.tab();
    const chart = screen.getByRole("listbox", { name: "Runs" });
    expect(chart).toHaveFocus();
    expect(screen.getByRole("option", { name: "Wednesday, 5 rows" })).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{ArrowLeft}");
    const tuesday = screen.getByRole("option", { name: "Tuesday, failed" });
    expect(chart).toHaveAttribute("aria-activedescendant", tuesday.id);
    await user.keyboard("{Home}{Enter}");
    expect(opened).toEqual(["a"]);
  });

  it("does not walk beyond its ends", async () => {
    const user = userEvent.setup();
    await renderPage(<BarChart label="Runs" bars={bars} hint="" onOpen={() => undefined} />);
    await user.tab();
    await user.keyboard("{ArrowRight}{ArrowRight}");
    expect(screen.getByRole("option", { selected: true })).toHaveAccessibleName("Wednesday, 5 rows");
    await user.keyboard("{Home}{ArrowLeft}");
    expect(screen.getByRole("option", { selected: true })).toHaveAccessibleName("Monday, 10 rows");
  });
});
