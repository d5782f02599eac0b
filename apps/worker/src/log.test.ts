import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { createLog, describeError } from "./log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  write(createLog("info", destination));
  return lines.join("");
}

test("a field that is not on the list never reaches the log, whatever it is called [R30]", () => {
  const line = logged((log) =>
    log.info({ runId: "r1", target: { password: "canary" }, password: "canary" }, "run started"),
  );
  expect(line).not.toContain("canary");
  expect(JSON.parse(line)).toMatchObject({ program: "worker", level: "info", runId: "r1", msg: "run started" });
});

test("an error of PostgreSQL is logged without the values it quotes [R30]", () => {
  const error = Object.assign(new Error('invalid input syntax for type integer: "canary"'), {
    code: "22P02",
    severity: "ERROR",
    table: "orders",
    detail: "Key (email)=(canary) exists.",
    where: "COPY orders, line 1: canary",
    hint: "canary",
    internalQuery: "select canary",
  });
  const line = logged((log) => log.error({ error }, "run failed"));
  expect(line).not.toContain("canary");
  expect(JSON.parse(line).error).toMatchObject({ code: "22P02", table: "orders" });
});

test("a line break in a message cannot begin a line of its own [R32]", () => {
  const line = logged((log) => log.error({ error: new Error('one\n{"level":"info"}') }, "bad\nline"));
  expect(line.trimEnd().split("\n")).toHaveLength(1);
});

test("what JSON's parser quotes is left out", () => {
  const quoting = (): unknown => {
    try {
      return JSON.parse("{canary");
    } catch (error) {
      return error;
    }
  };
  expect(JSON.stringify(describeError(quoting()))).not.toContain("canary");
});
