import { expect, test } from "vitest";
import { forbidMemoryDumps } from "./memory-dumps.ts";

test.each([
  { execArgv: ["--heapsnapshot-signal=SIGUSR2"], env: {} },
  { execArgv: ["--enable-source-maps", "--heapsnapshot_near_heap_limit=1"], env: {} },
  { execArgv: [], env: { NODE_OPTIONS: "--max-old-space-size=4096  --report-on-fatalerror" } },
  { execArgv: [], env: { NODE_OPTIONS: "--report-uncaught-exception" } },
  { execArgv: [], env: { NODE_OPTIONS: "--abort-on-uncaught-exception" } },
  { execArgv: ["--heap-prof"], env: {} },
])("a process that would write its memory to a file does not start: $execArgv $env [R35]", (started) => {
  expect(() => forbidMemoryDumps(started)).toThrow(/^Node was told --(heap|report|abort)[a-z-]+, which writes memory/);
});

test("other options of Node are nobody's business", () => {
  const env = { NODE_OPTIONS: "--max-old-space-size=4096 --use-openssl-ca" };
  expect(() => forbidMemoryDumps({ execArgv: ["--enable-source-maps"], env })).not.toThrow();
  expect(() => forbidMemoryDumps({ execArgv: [], env: {} })).not.toThrow();
});
