// `npm start`: installs and builds when needed, then starts everything. Built-in modules only: runs on Node 20 too.
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { isBuilt } from "./build-stamp.mjs";
import { ensureInstalled, env, node, root } from "./install.mjs";

ensureInstalled();
if (!isBuilt()) {
  console.log("Building (a few seconds; only now and after changes) ...");
  const { status } = spawnSync(node, [path.join(root, "scripts", "build.mjs")], { cwd: root, env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const launcher = path.join(root, "apps", "headgate", "dist", "main.js");
const child = spawn(node, ["--disable-sigusr1", "--enable-source-maps", launcher], {
  cwd: root,
  env,
  stdio: "inherit",
});
// The launcher decides when all is over. At a terminal it has got Ctrl-C already and ignores the repetition.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));

// `exec` in package.json makes npm our parent, so that it can hand on signals. One that was killed cannot.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.env["npm_lifecycle_event"] === "start" && process.ppid !== parent) child.kill("SIGTERM");
}, 200);

child.on("exit", (code, signal) => {
  clearInterval(watch);
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
});
child.on("error", (error) => {
  console.error(`Headgate could not be started: ${error.message}`);
  process.exitCode = 1;
});
