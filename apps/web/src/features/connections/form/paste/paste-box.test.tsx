import { screen, waitFor } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { azureService, baseConnection } from "../../../../testing/definitions.ts";
import { renderPage } from "../../../../testing/render-page.tsx";
import { ConnectionEditor } from "../connection-editor.tsx";

afterEach(() => vi.unstubAllGlobals());

const box = () => screen.getByLabelText(/^Paste a connection string/);
const text = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;
/** A select writes the words of its new value one render after it has the value. */
const chosen = (name: string, words: string) =>
  waitFor(() => expect(screen.getByRole("combobox", { name })).toHaveValue(words));

async function open(): Promise<UserEvent> {
  await renderPage(<ConnectionEditor submitLabel="Save connection" onSaved={() => undefined} />);
  return userEvent.setup();
}

async function paste(person: UserEvent, given: string): Promise<void> {
  await person.click(box());
  await person.paste(given);
}

const server = { host: "db.example.com", port: "6543", database: "shop", user: "reader", password: "p@ss" };

describe("the paste box", () => {
  it.each([
    [
      "Adobe's string [AD-01, AD-06]",
      "Server=db.example.com;Database=shop;Port=6543;UID=reader;Password=p@ss;EncryptionMethod=1",
    ],
    [
      "Azure Data Factory 1.0",
      "host=db.example.com;database=shop;port=6543;uid=reader;password=p@ss;EncryptionMethod=1",
    ],
    ["Npgsql", "Host=db.example.com;Port=6543;Database=shop;Username=reader;Password=p@ss;SSL Mode=Require"],
    ["an address", "postgres://reader:p%40ss@db.example.com:6543/shop?sslmode=require"],
    ["JDBC", "jdbc:postgresql://db.example.com:6543/shop?user=reader&password=p%40ss&sslmode=require"],
    ["libpq's keywords", "host=db.example.com port=6543 dbname=shop user=reader password=p@ss sslmode=require"],
    ["SQLAlchemy", "postgresql+psycopg2://reader:p%40ss@db.example.com:6543/shop?sslmode=require"],
    ["a psql line", "PGPASSWORD=p@ss PGSSLMODE=require psql -h db.example.com -p 6543 -U reader -d shop"],
  ])("fills the right fields from %s", async (_, given) => {
    const person = await open();
    await paste(person, given);
    expect(await screen.findByText("Filled 6 fields.")).toBeVisible();
    expect(box()).toHaveValue("");
    expect({
      host: text("Server address"),
      port: text("Port"),
      database: text("Database"),
      user: text("User"),
      password: text("Password"),
    }).toEqual(server);
    await chosen("Encryption", "Always");
  });

  it("fills the Entra application from a linked service, says what to enter where, and what it kept [AZ-01]", async () => {
    const person = await open();
    await paste(person, JSON.stringify(azureService));
    const status = await screen.findByText("Filled 11 fields.");
    await chosen("Sign in with", "Microsoft Entra application");
    await chosen("Microsoft cloud", "Azure China (21Vianet)");
    expect(text("Directory (tenant) ID")).toBe("72f988bf-86f1-41af-91ab-2d7cd011db47");
    expect(text("Connection name")).toBe("Shop");
    expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
    expect(screen.getByLabelText("Client secret")).toHaveAccessibleDescription(/kept in the vault TeamVault/);
    expect(status.parentElement).toHaveTextContent("Still to be entered: Client secret.");
    await person.click(screen.getByText("Kept from the imported definition"));
    expect(screen.getByText("timezone").parentElement).toHaveTextContent("UTC");
  });

  it("fills the form from Adobe's base connection [AD-02]", async () => {
    const person = await open();
    await paste(person, JSON.stringify(baseConnection));
    expect(await screen.findByText("Filled 7 fields.")).toBeVisible();
    expect(text("Password")).toBe("a;b=c");
    expect(text("Connection name")).toBe("Adobe shop");
  });

  it("puts everything back as it was, and forgets what was pasted", async () => {
    const person = await open();
    await person.type(screen.getByLabelText("Server address"), "old.example.com");
    await person.type(screen.getByLabelText("Password"), "old");
    await paste(person, JSON.stringify(azureService));
    await person.click(await screen.findByRole("button", { name: "Undo" }));
    expect(text("Server address")).toBe("old.example.com");
    expect(text("Password")).toBe("old");
    await chosen("Sign in with", "User and password");
    expect(text("Connection name")).toBe("");
    expect(screen.queryByText("Kept from the imported definition")).not.toBeInTheDocument();
    expect(screen.getByText("Put back as it was.")).toBeVisible();
    expect(box()).toHaveValue("");
    expect(box()).toHaveFocus();
  });

  it("marks the fields it filled for a moment, and names them", async () => {
    const person = await open();
    // The mark goes by itself, so it is noted when it comes.
    const marked: string[] = [];
    const watch = new MutationObserver((changes) => {
      for (const { target } of changes) if (target instanceof HTMLInputElement) marked.push(target.name);
    });
    watch.observe(document.body, { attributeFilter: ["data-just-filled"], subtree: true });
    await paste(person, "postgres://reader@db.example.com/shop");
    const status = await screen.findByText("Filled 3 fields.");
    expect(status.parentElement).toHaveTextContent("Server address, Database, and User.");
    await waitFor(() => expect(marked.slice(0, 3)).toEqual(["settings.host", "settings.database", "settings.user"]));
    await person.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(document.querySelector("[data-just-filled]")).toBeNull());
    watch.disconnect();
  });

  it("takes typed text with its button, and gives the box the focus back", async () => {
    const person = await open();
    await person.type(box(), "host=db.example.com");
    await person.click(screen.getByRole("button", { name: "Fill in the form" }));
    expect(text("Server address")).toBe("db.example.com");
    expect(box()).toHaveFocus();
    expect(box()).toHaveValue("");
  });

  it.each([
    ["an unclosed quote [B64]", 'Server=h;Password="abc', "never closed"],
    ["one key with two values [B65]", "Server=a;Server=b", "twice"],
    ["several servers [B69]", "postgres://a.example.com,b.example.com/shop", "several servers"],
    ["another kind of database [B71]", "jdbc:mysql://h/d", "another kind of system"],
    ["the path of a file [B72]", "postgres://h/d?sslrootcert=/etc/passwd", "points at a file"],
    ["the path of a key [B73]", "postgres://h/d?sslkey=/proc/self/environ", "sslkey"],
    ["a hidden server [B74]", "postgres://db.example.com/d?host=169.254.169.254", "second server address"],
    ["settings of the session [B75]", "postgres://h/d?options=-c%20x%3Dy", "options"],
    ["an unknown mode [B77]", "postgres://h/d?sslmode=bogus", "does not exist"],
    ["a service [B78]", "service=prod", "service"],
    ["a socket [B79]", "socket:/tmp/x", "socket"],
    ["a web page [B80]", "http://169.254.169.254/latest", "web page"],
    ["a NUL [B82]", "postgres://h\0evil/d", "NUL"],
    ["another definition", '{"properties":{"type":"SqlServer","typeProperties":{}}}', "SqlServer"],
    ["half a definition", '{"properties":{"type":', "not a whole one"],
  ])("refuses by name, at the box, and touches nothing: %s", async (_, given, words) => {
    const person = await open();
    await paste(person, given);
    await waitFor(() => expect(box()).toHaveAccessibleDescription(new RegExp(words, "i")));
    expect(box()).toHaveAttribute("aria-invalid", "true");
    expect(text("Server address")).toBe("");
    expect(screen.queryByText(/^Filled/)).not.toBeInTheDocument();
  });

  it("leaves a contradicting encryption to the person, and says so", async () => {
    const person = await open();
    await paste(person, "Host=db.example.com;Database=d;SSL Mode=Require;Trust Server Certificate=true");
    expect(await screen.findByText(/Choose the encryption yourself/)).toBeVisible();
    await chosen("Encryption", "Always, and check the server's name");
  });
});
