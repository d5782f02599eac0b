import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ServerAddress } from "@headgate/testkit";
import { Client } from "pg";
import { from, to } from "pg-copy-streams";
import type { Piped } from "./psql-script.ts";

/** Stands in for psql where there is none: two sessions, one COPY stream, and the statements around it. */
const { piped, ...sides } = JSON.parse(process.argv[2] ?? "{}") as Record<"source" | "destination", ServerAddress> & {
  piped: Piped;
};
const open = async (side: ServerAddress): Promise<Client> => {
  const client = new Client({ ...side, database: "postgres", ssl: false });
  await client.connect();
  return client;
};
const before = process.cpuUsage();
const started = performance.now();
const [source, destination] = await Promise.all([open(sides.source), open(sides.destination)]);
if (piped.before) await destination.query(piped.before);
const rows = source.query(to(`copy ${piped.from} to stdout`));
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
await pipeline(rows, piped.into === "" ? nowhere : destination.query(from(`copy ${piped.into} from stdin`)));
if (piped.after) await destination.query(piped.after);
await Promise.all([source.end(), destination.end()]);
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({ seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }),
);
