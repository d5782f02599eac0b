import { randomUUID } from "node:crypto";
import { createDatabase } from "@headgate/testkit";
import { expect, it } from "vitest";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { openSession } from "../open-session.ts";
import { commitPage } from "./commit.ts";

it("a COMMIT that the server answers with ROLLBACK, as for an aborted transaction, is no success [V26]", async () => {
  const target = targetOf(await createDatabase());
  const session = await openSession(target, contextWith());
  await session.execute("begin");
  await expect(session.execute("select 1 / 0")).rejects.toThrow("division");
  const claim = { flowId: randomUUID(), runId: randomUUID(), epoch: "1" };
  await expect(commitPage(session, claim, "1", { target, context: contextWith() })).rejects.toMatchObject({
    failure: { origin: "destination", code: "unexpected", kind: "bug" },
  });
  await session.close();
});
