// `npm run build`: the web application with Vite, the three Node programs with esbuild.
import path from "node:path";
import { build } from "esbuild";
import { build as buildWeb } from "vite";
import { hashOfSources, markBuilt } from "./build-stamp.mjs";
import { root } from "./install.mjs";

/** Our own packages are bundled in; what comes from the registry stays in node_modules. */
const registryPackagesStay = {
  name: "registry-packages-stay",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
      kind === "entry-point" || name.startsWith("@headgate/") ? undefined : { path: name, external: true },
    );
  },
};

async function buildProgram(name) {
  const folder = path.join(root, "apps", name);
  await build({
    entryPoints: [path.join(folder, "src", "main.ts")],
    outfile: path.join(folder, "dist", "main.js"),
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    sourcemap: true,
    logLevel: "warning",
    loader: { ".sql": "text" },
    plugins: [registryPackagesStay],
  });
}

const hash = hashOfSources();
process.chdir(path.join(root, "apps", "web"));
await Promise.all([
  ...["server", "worker", "headgate"].map(buildProgram),
  buildWeb({ root: path.join(root, "apps", "web"), logLevel: "warn" }),
]);
markBuilt(hash);
