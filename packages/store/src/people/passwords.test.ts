import { stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { hashPassword, isPassword } from "./passwords.ts";

test("a password is kept as argon2id with 19 MiB, two passes, and a salt of its own [R5]", async () => {
  const [one, other] = await Promise.all([hashPassword("a quiet green river"), hashPassword("a quiet green river")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(other);
  expect(await isPassword("a quiet green river", one)).toBe(true);
  expect(await isPassword("a quiet green rivers", one)).toBe(false);
});

test("a password typed with another keyboard's accents is the same password", async () => {
  const stored = await hashPassword("caf\u00E9 au lait noir");
  expect(await isPassword("cafe\u0301 au lait noir", stored)).toBe(true);
});

test("an unknown person costs as much work as a wrong password and never matches [R6]", async () => {
  const stored = await hashPassword("a quiet green river");
  // Processor time, not the clock's: a busy machine delays whom it likes.
  const work = async (hash: string | undefined): Promise<number> => {
    const before = process.cpuUsage();
    expect(await isPassword("guess guess guess", hash)).toBe(false);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  await work(undefined); // makes the stand-in hash once
  const spent = { known: 0, unknown: 0 };
  for (let round = 1; round <= 5; round += 1) {
    spent.known += await work(stored);
    spent.unknown += await work(undefined);
  }
  expect(spent.unknown).toBeGreaterThan(spent.known / 2);
  expect(spent.unknown).toBeLessThan(spent.known * 2);
}, 30_000);

test("a flood of sign-ins takes two of the four threads that files and names need too, and each gets its turn [R5]", async () => {
  const order: string[] = [];
  const flood = Array.from({ length: 8 }, () => hashPassword("x y z x y z").then(() => order.push("hash")));
  // Without the limit this waits until the first of four hashes is done.
  await stat(import.meta.filename).then(() => order.push("file"));
  await Promise.all(flood);
  expect(order[0]).toBe("file");
  expect(order).toHaveLength(9);
}, 30_000);
