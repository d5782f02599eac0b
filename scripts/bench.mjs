// `npm run bench append [-- --rows 200000 --rounds 3]`: measures a way rows travel beside the plainest one there is.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { bundleProgram } from "./bundle-program.mjs";
import { root } from "./install.mjs";

const worker = path.join(root, "apps", "worker");
/** Each with the program that measures and the one that is measured, in a process of its own. */
const benches = {
  append: ["append", "move-child"],
  mirror: ["mirror", "whole-table-child"],
  replace: ["replace", "whole-table-child"],
  diff: ["diff", "whole-table-child"],
  upsert: ["upsert", "move-child"],
  memory: ["memory", "move-child"],
  "whole-run": ["whole-run", "move-child"],
  events: ["events", "event-child"],
  csv: ["files", "file-child"],
  jsonl: ["files", "file-child"],
  parquet: ["files", "file-child"],
};
const [name = "", ...rest] = process.argv.slice(2);

if (!Object.hasOwn(benches, name)) {
  console.error(`Say which: npm run bench ${Object.keys(benches).join(" | ")}`);
  process.exit(2);
}
// What is measured is bundled as it is in production: run from the sources, Node's own type stripping takes 30 MB.
const [program, measured] = benches[name];
const child = path.join(worker, "dist", "bench", `${measured}.js`);
await bundleProgram(path.join(worker, "src", "bench", `${measured}.ts`), child);
const bench = path.join(worker, "src", "bench", `${program}.ts`);
const { status } = spawnSync(process.execPath, [bench, ...rest], {
  stdio: "inherit",
  env: { ...process.env, HEADGATE_BENCH_CHILD: child, HEADGATE_BENCH_FORMAT: name },
});
process.exit(status ?? 1);
