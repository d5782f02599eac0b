import { expect, it } from "vitest";
import { webAddress, welcome } from "./welcome.ts";

const facts = {
  address: "http://127.0.0.1:4000",
  note: undefined,
  setupLink: "http://127.0.0.1:4000/setup#token",
  seconds: 2.34,
  folders: { data: "/srv/head gate", clusters: "/srv/head gate/postgresql", account: undefined },
  programsFolder: "/srv/programs",
  ownStore: true,
};

it("shows the address, the set-up link, where everything lies and how to stop", () => {
  expect(welcome(facts)).toMatchInlineSnapshot(`
    "
    Headgate is ready after 2.3 s.

      Set up      http://127.0.0.1:4000/setup#token
                  This link makes the first account. It works once, for 30 minutes;
                  after that, start Headgate again for a new one.
      Open        http://127.0.0.1:4000
      Data        /srv/head gate
      Databases   /srv/head gate/postgresql
      PostgreSQL  /srv/programs
      Stop        Ctrl-C
    "
  `);
});

it("leaves the set-up link out once there is an account", () => {
  expect(welcome({ ...facts, setupLink: undefined })).not.toContain("/setup");
});

it("says where the databases lie when that is outside the data folder", () => {
  const text = welcome({ ...facts, folders: { ...facts.folders, clusters: "/var/lib/headgate/0123" } });
  expect(text).toContain("Databases   /var/lib/headgate/0123");
  expect(text).toContain("cannot enter the data folder");
});

it.each([
  ["127.0.0.1", "http://127.0.0.1:4000"],
  ["0.0.0.0", "http://127.0.0.1:4000"],
  ["::", "http://[::1]:4000"],
  ["fd00::7", "http://[fd00::7]:4000"],
  ["headgate.lan", "http://headgate.lan:4000"],
])("opens %s as %s", (host, address) => {
  expect(webAddress(host, 4000)).toBe(address);
});
