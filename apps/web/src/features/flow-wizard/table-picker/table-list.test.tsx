import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { giveListsASize } from "../../../testing/wizard/list-size.ts";
import { TableList } from "./table-list.tsx";
import { keyOf, type TableItem } from "./table-search.ts";

function table(name: string, over: Partial<TableItem> = {}): TableItem {
  return { schema: "public", name, kind: "table", rowEstimate: 10, comment: null, readable: true, ...over };
}

const many = Array.from({ length: 10_000 }, (_, index) => table(`table_${String(index).padStart(5, "0")}`));

function Chooser({ items }: { readonly items: readonly TableItem[] }) {
  const [chosen, setChosen] = useState<TableItem>();
  const [looked, setLooked] = useState<TableItem>();
  return (
    <MantineProvider env="test">
      <TableList
        items={items}
        selectedKey={chosen && keyOf(chosen)}
        showSchema={false}
        label="Tables"
        onSelect={setChosen}
        onLook={setLooked}
      />
      <output aria-label="chosen">{chosen?.name}</output>
      <output aria-label="looked at">{looked?.name}</output>
    </MantineProvider>
  );
}

async function open(items: readonly TableItem[]) {
  render(<Chooser items={items} />);
  const person = userEvent.setup();
  await person.tab();
  const list = screen.getByRole("listbox", { name: "Tables" });
  expect(list).toHaveFocus();
  return { person, list };
}

const active = (list: HTMLElement) => document.getElementById(list.getAttribute("aria-activedescendant") ?? "");
const chosen = () => screen.getByLabelText("chosen");

beforeEach(giveListsASize);

describe("the list of tables", () => {
  it("keeps 10,000 tables out of the page but those in sight, and says how many there are", async () => {
    await open(many);
    const options = screen.getAllByRole("option");
    expect(options.length).toBeLessThan(40);
    expect(options[0]).toHaveAttribute("aria-setsize", "10000");
    expect(options[0]).toHaveAttribute("aria-posinset", "1");
    expect(screen.getByText("10,000 tables")).toBeVisible();
  });

  it("follows the arrows, Home, End and pages", async () => {
    const { person } = await open(many);
    await person.keyboard("{ArrowDown}");
    expect(chosen()).toHaveTextContent("table_00001");
    await person.keyboard("{PageDown}");
    expect(chosen()).toHaveTextContent("table_00008");
    await person.keyboard("{ArrowUp}");
    expect(chosen()).toHaveTextContent("table_00007");
    await person.keyboard("{End}");
    expect(chosen()).toHaveTextContent("table_09999");
    await person.keyboard("{ArrowDown}");
    expect(chosen()).toHaveTextContent("table_09999");
    await person.keyboard("{Home}");
    expect(chosen()).toHaveTextContent("table_00000");
  });

  it("jumps to names as they are typed, and to the next name on the same letter", async () => {
    const { person } = await open(["addresses", "basket", "brand", "customers"].map((name) => table(name)));
    await person.keyboard("br");
    expect(chosen()).toHaveTextContent("brand");
    await person.keyboard("{Home}{ArrowDown}");
    expect(chosen()).toHaveTextContent("basket");
  });

  it("shows an unreadable table without choosing it", async () => {
    const { person, list } = await open([table("a"), table("secrets", { readable: false })]);
    await person.keyboard("{Enter}{End}");
    expect(active(list)).toHaveAttribute("aria-disabled", "true");
    expect(screen.getByLabelText("looked at")).toHaveTextContent("secrets");
    expect(chosen()).toHaveTextContent("a");
    expect(screen.getByText("No right to read")).toBeVisible();
  });

  it("names size, key and kind in words", async () => {
    await open([
      table("customers", { rowEstimate: 12_400, keyColumns: ["id"] }),
      table("overview", { kind: "view", rowEstimate: null }),
    ]);
    const [first, second] = screen.getAllByRole("option");
    expect(first).toHaveTextContent("Unique key: id");
    expect(first).toHaveTextContent("about 12,400 rows");
    expect(second).toHaveTextContent("View");
    expect(second).toHaveTextContent("size unknown");
  });
});
