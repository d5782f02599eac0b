// `npm run build`: the web application with Vite, the three Node programs with esbuild.
import path from "node:path";
import { build as buildWeb } from "vite";
import { hashOfSources, markBuilt } from "./build-stamp.mjs";
import { bundleProgram } from "./bundle-program.mjs";
import { root } from "./install.mjs";

async function buildProgram(name) {
  const folder = path.join(root, "apps", name);
  await bundleProgram(path.join(folder, "src", "main.ts"), path.join(folder, "dist", "main.js"));
}

const hash = hashOfSources();
process.chdir(path.join(root, "apps", "web"));
await Promise.all([
  ...["server", "worker", "headgate"].map(buildProgram),
  buildWeb({ root: path.join(root, "apps", "web"), logLevel: "warn" }),
]);
markBuilt(hash);
