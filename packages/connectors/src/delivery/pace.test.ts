import { expect, it } from "vitest";
import { createPace, type Pace } from "./pace.ts";

const patient = new AbortController().signal;

/** Lets in all who may, and has each answered after so many milliseconds. */
async function round(pace: Pace, milliseconds: number): Promise<void> {
  const { lanes } = pace;
  for (let lane = 0; lane < lanes; lane += 1) await pace.enter(patient);
  for (let lane = 0; lane < lanes; lane += 1) {
    pace.answered(milliseconds);
    pace.leave();
  }
}

it("begins with four at once and goes to the most that is allowed, as long as answers come as fast as ever", async () => {
  const pace = createPace(16);
  const seen: number[] = [];
  for (let rounds = 0; rounds < 16; rounds += 1) {
    seen.push(pace.lanes);
    await round(pace, 50);
  }
  expect(seen[0]).toBe(4);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(pace.lanes).toBe(16);
  expect(createPace(1).lanes).toBe(1);
});

it("halves when the receiver has had enough, once for requests that were under way together [F19 HTTP]", async () => {
  const pace = createPace(16);
  for (let rounds = 0; rounds < 20; rounds += 1) await round(pace, 50);
  const turns = await Promise.all(Array.from({ length: 16 }, () => pace.enter(patient)));
  for (const turn of turns) pace.refused(turn);
  expect(pace.lanes).toBe(8);
  for (const _ of turns) pace.leave();
  pace.refused(await pace.enter(patient));
  pace.leave();
  expect(pace.lanes).toBe(4);
  await round(pace, 50);
  await round(pace, 50);
  expect(pace.lanes).toBe(5);
});

it("never goes below one at once", async () => {
  const pace = createPace(8);
  for (let times = 0; times < 9; times += 1) {
    pace.refused(await pace.enter(patient));
    pace.leave();
  }
  expect(pace.lanes).toBe(1);
});

it("goes back when answers take longer the more are asked for at once", async () => {
  const pace = createPace(16);
  for (let rounds = 0; rounds < 60; rounds += 1) await round(pace, 10 * pace.lanes);
  expect(pace.lanes).toBeLessThan(12);
  expect(pace.lanes).toBeGreaterThan(4);
});

it("lets in no more than it allows, and the next one when somebody leaves", async () => {
  const pace = createPace(2);
  await Promise.all([pace.enter(patient), pace.enter(patient)]);
  let isIn = false;
  const third = pace.enter(patient).then(() => {
    isIn = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isIn).toBe(false);
  pace.leave();
  await third;
});

it("who waits when everything is stopped waits no longer, and takes nobody's place [F22 HTTP]", async () => {
  const pace = createPace(1);
  const stop = new AbortController();
  await pace.enter(patient);
  const second = pace.enter(stop.signal);
  const third = pace.enter(patient);
  stop.abort(new Error("cancelled"));
  await expect(second).rejects.toThrow("cancelled");
  pace.leave();
  await third;
});
