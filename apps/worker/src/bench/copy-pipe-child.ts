import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from, to } from "pg-copy-streams";
import { benchTable } from "./bench-table.ts";

/** Stands in for psql where there is none: one COPY stream between two sessions and nothing else. */
const sides = JSON.parse(process.argv[2] ?? "{}") as Record<
  "source" | "destination",
  { host: string; port: number; user: string; password: string }
>;
const open = async (name: "source" | "destination"): Promise<Client> => {
  const client = new Client({ ...sides[name], database: "postgres", ssl: false });
  await client.connect();
  return client;
};
const before = process.cpuUsage();
const started = performance.now();
const [source, destination] = await Promise.all([open("source"), open("destination")]);
await pipeline(
  source.query(to(`copy ${benchTable.name} to stdout`)),
  destination.query(from(`copy ${benchTable.name} from stdin`)),
);
await Promise.all([source.end(), destination.end()]);
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({ seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }),
);
