import { expect, test } from "vitest";
import { authorizedKeysLine, permitting } from "./authorized-keys.ts";

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA headgate";

test("the key may open ways to the databases that use it, and nothing else", () => {
  const targets = [
    { host: "db.internal", port: 5432 },
    { host: "fd00::7", port: 6432 },
  ];
  expect(authorizedKeysLine(key, targets)).toBe(
    `restrict,port-forwarding,permitopen="db.internal:5432",permitopen="[fd00::7]:6432" ${key}`,
  );
});

test("without a database yet it opens ways, and no shell", () => {
  expect(authorizedKeysLine(key, [])).toBe(`restrict,port-forwarding ${key}`);
});

test("a host cannot end the option it stands in", () => {
  const line = authorizedKeysLine(key, [{ host: 'x",command="id', port: 1 }]);
  expect(line).toBe(`restrict,port-forwarding,permitopen="x\\",command=\\"id:1" ${key}`);
});

test("one more address is added where it belongs, once", () => {
  const one = permitting(authorizedKeysLine(key, []), { host: "db.internal", port: 5432 });
  expect(one).toBe(`restrict,port-forwarding,permitopen="db.internal:5432" ${key}`);
  const two = permitting(one, { host: "fd00::7", port: 6432 });
  expect(two).toBe(`restrict,port-forwarding,permitopen="db.internal:5432",permitopen="[fd00::7]:6432" ${key}`);
  expect(permitting(two, { host: "db.internal", port: 5432 })).toBe(two);
});
