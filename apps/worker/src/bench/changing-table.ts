import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import { withClient, type TestServer } from "@headgate/testkit";
import type { FlowDefinition, Receipt } from "@headgate/contract";
import type { BenchServers } from "./bench-table.ts";
import type { Measured } from "./contenders.ts";
import { address } from "./psql-script.ts";

const run = promisify(execFile);
const child = process.env["HEADGATE_BENCH_CHILD"] ?? path.join(import.meta.dirname, "whole-table-child.ts");

export type OurRun = (readMode?: FlowDefinition["readMode"]) => Promise<Measured & { rows: number; receipt: Receipt }>;

/** Runs one flow again and again, each time in a new process. */
export function ourRun({ source, destination }: BenchServers, writeMode: FlowDefinition["writeMode"]): OurRun {
  const flowId = randomUUID();
  let epochs = 0;
  return async (readMode) => {
    const sides = { source: address(source), destination: address(destination) };
    const order = JSON.stringify({ ...sides, flowId, epoch: String((epochs += 1)), writeMode, readMode });
    const { stdout } = await run(process.execPath, [child, order]);
    return JSON.parse(stdout) as Measured & { rows: number; receipt: Receipt };
  };
}

let round = 0;

/** Updates one row in 200 all over the table, and lets one in 400 go and as many others come. */
export async function changeOneInAHundred(server: TestServer, rows: number): Promise<void> {
  round += 1;
  await withClient(server, "postgres", async (client) => {
    await client.query(`update bench_rows set city = 'moved ${round}' where id % 200 = ${round % 200}`);
    const moved = `id % 400 = ${(round * 2 + 1) % 400} and id <= ${rows}`;
    await client.query(
      `insert into bench_rows select id + ${round} * ${rows * 10}, public_id, full_name, email, city, notes, preferences, credit,
              created_at, updated_at, active, tags from bench_rows where ${moved}`,
    );
    await client.query(`delete from bench_rows where ${moved}`);
    await client.query("vacuum (analyze) bench_rows");
    await client.query("checkpoint");
  });
}
