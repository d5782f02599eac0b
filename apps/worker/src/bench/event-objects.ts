import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import type { Client } from "pg";
import { benchTable, columnNames } from "./bench-table.ts";

type Row = Record<string, unknown>;

/** The usual way to do it in Node: a cursor with objects, JSON.stringify, 500 events a request, some at once. */
export async function sendObjects(client: Client, origin: string, lanes: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const busy = new Set<Promise<void>>();
  let sent = 0;
  for await (const rows of fetchObjects(client)) {
    for (const some of [rows.slice(0, 500), rows.slice(500)]) {
      if (some.length === 0) continue;
      while (busy.size >= lanes) await Promise.race(busy);
      const sending = post(agent, origin, JSON.stringify({ batch: some.map(toEvent) }));
      busy.add(sending);
      void sending.then(() => busy.delete(sending));
      sent += some.length;
    }
  }
  await Promise.all(busy);
  agent.destroy();
  return sent;
}

/** The same rows as objects, and nothing done with them. */
export async function readObjects(client: Client): Promise<number> {
  let read = 0;
  for await (const rows of fetchObjects(client)) read += rows.length;
  return read;
}

async function* fetchObjects(client: Client): AsyncGenerator<Row[]> {
  await client.query("begin");
  await client.query(
    `declare events no scroll cursor for select ${columnNames.join(", ")}, xmin from ${benchTable.name}`,
  );
  for (;;) {
    const { rows } = await client.query<Row>("fetch 1000 from events");
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query("commit");
}

function toEvent({ id, xmin, ...traits }: Row): unknown {
  const messageId = createHash("sha1")
    .update(`${String(id)}|${String(xmin)}`)
    .digest("hex");
  return { type: "identify", messageId, userId: String(id), context: { library: { name: "bench" }, traits } };
}

function post(agent: Agent, origin: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    request(`${origin}/v1/batch`, { method: "POST", agent, headers }, (answer) => answer.resume().on("end", resolve))
      .on("error", reject)
      .end(body);
  });
}
