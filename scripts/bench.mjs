// `npm run bench append [-- --rows 200000 --rounds 3]`: measures a way rows travel beside the plainest one there is.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { bundleProgram } from "./bundle-program.mjs";
import { root } from "./install.mjs";

const worker = path.join(root, "apps", "worker");
const benches = ["append"];
const [name = "", ...rest] = process.argv.slice(2);

if (!benches.includes(name)) {
  console.error(`Say which: npm run bench ${benches.join(" | ")}`);
  process.exit(2);
}
// What is measured is bundled as it is in production: run from the sources, Node's own type stripping takes 30 MB.
const child = path.join(worker, "dist", "bench", "move-child.js");
await bundleProgram(path.join(worker, "src", "bench", "move-child.ts"), child);
const bench = path.join(worker, "src", "bench", `${name}.ts`);
const { status } = spawnSync(process.execPath, [bench, ...rest], {
  stdio: "inherit",
  env: { ...process.env, HEADGATE_BENCH_CHILD: child },
});
process.exit(status ?? 1);
