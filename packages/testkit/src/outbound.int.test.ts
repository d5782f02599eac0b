import { lookup } from "node:dns/promises";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { createStore, listen, watchOutbound } from "./index.ts";

it("sees every connection and look-up of the process, except for those of the store", async () => {
  const [store, known, other] = await Promise.all([createStore(), listen(() => {}), listen(() => {})]);
  const watch = watchOutbound([known.port]);
  await Promise.all(Array.from({ length: 5 }, () => store.db.query("select pg_sleep(0.01)")));
  connect(known.port, "127.0.0.1").on("error", () => {});
  connect(other.port, "127.0.0.1").on("error", () => {});
  await lookup("localhost");
  watch.stop();
  expect(watch.attempts.toSorted()).toEqual(["lookup localhost", `tcp 127.0.0.1:${other.port}`]);
  await Promise.all([store.close(), known.close(), other.close()]);
});
