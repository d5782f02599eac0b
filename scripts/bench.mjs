// `npm run bench append [-- --rows 200000 --rounds 3]`: measures a way rows travel beside the plainest one there is.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "apps", "worker", "src", "bench");
const benches = ["append"];
const [name = "", ...rest] = process.argv.slice(2);

if (!benches.includes(name) || !existsSync(folder)) {
  console.error(`Say which: npm run bench ${benches.join(" | ")}`);
  process.exit(2);
}
const { status } = spawnSync(process.execPath, [path.join(folder, `${name}.ts`), ...rest], { stdio: "inherit" });
process.exit(status ?? 1);
