import { build } from "esbuild";

/** Our own packages are bundled in; what comes from the registry stays in node_modules. */
const registryPackagesStay = {
  name: "registry-packages-stay",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
      kind === "entry-point" || name.startsWith("@headgate/") ? undefined : { path: name, external: true },
    );
  },
};

/** Makes one file of a Node program and all of ours it imports. */
export async function bundleProgram(entryPoint, outfile) {
  await build({
    entryPoints: [entryPoint],
    outfile,
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
