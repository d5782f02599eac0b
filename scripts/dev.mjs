// `npm run dev`: everything from the sources. The web page reloads on a change; web server and worker start again.
import { spawn } from "node:child_process";
import path from "node:path";
import { ensureInstalled, env, node, root } from "./install.mjs";

ensureInstalled();
const port = process.env["HEADGATE_PORT"] ?? "4000";
const programs = [
  spawn(node, [path.join(root, "apps", "headgate", "src", "main.ts")], {
    cwd: root,
    env: { ...env, HEADGATE_PORT: port, HEADGATE_WATCH: "1" },
    stdio: "inherit",
  }),
  // Vite serves the page and hands /api on to the web server.
  spawn(node, [path.join(root, "node_modules", "vite", "bin", "vite.js"), "--clearScreen", "false"], {
    cwd: path.join(root, "apps", "web"),
    env: { ...env, HEADGATE_PORT: port },
    stdio: "inherit",
  }),
];

const stop = () => programs.forEach((program) => program.kill("SIGTERM"));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
for (const program of programs) program.on("exit", stop);
